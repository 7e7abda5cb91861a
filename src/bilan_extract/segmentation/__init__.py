"""Labels and nesting: from regions to the outline of the plan."""
