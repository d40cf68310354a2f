# Empty dependencies file for hall_store.
# This may be replaced when dependencies are built.
