"""Three questions after a course: anonymous, and shown to trainers by five answers at a time."""
