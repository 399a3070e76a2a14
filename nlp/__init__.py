"""From words to what is ordered: knows the form and the language of a directive, opens no file and no database."""
