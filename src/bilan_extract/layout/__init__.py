"""From words and shapes to text frames in reading order. Geometry only: no French word in here."""
