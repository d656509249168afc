"""Hard pairs of linking, and what makes archives of marked text."""
