"""Behind the link of a mail: saying that a change of an account was somebody else's."""
