"""Selection rules as readable text, run exactly."""
