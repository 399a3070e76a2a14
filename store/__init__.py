"""From directive to graph, and from graph to answers: knows SQL, constraints and jobs, reads no text."""
