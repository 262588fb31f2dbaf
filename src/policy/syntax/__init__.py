"""Policy text as a tree: the grammar, the layout of bullets and rows, the nodes, the parser that collects mistakes."""
