"""From a French deliberation PDF to its plan."""
