"""The graph's nodes, one noun a file; none of them knows another."""
