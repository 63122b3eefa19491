"""Study reports: what a study shows in sentences, what it rests on, its data as files, and its plan beforehand."""
