"""Policy text as a tree: the grammar, the layout of bullets and rows, the nodes, and the parser that collects mistakes."""
