"""What is wrong with an episode's file and its links, before it is published and years after."""
