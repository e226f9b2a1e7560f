"""Files of other systems: where submissions come from and where grades go, one module a format."""
