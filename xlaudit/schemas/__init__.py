"""What is known of the tables: header words, columns, kinds. The reader, the template and the docs build on it."""
