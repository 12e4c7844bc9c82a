package diff

// Sequences compares two lists of opaque keys, such as the texts of the units of
// two versions of a document. It returns the pairs of equal keys that belong
// together, ascending in both lists; what is in no pair was deleted or inserted.
//
// As long as at most 2,048 keys differ the selection is a longest one. Beyond
// that, runs and then single keys that both lists have exactly once divide the
// task, and a part that has none stays unpaired. Time and memory grow with the
// lengths of the lists.
func Sequences(old, new []string) []Pair {
	var in interner
	a, b := make([]rune, len(old)), make([]rune, len(new))
	for i, key := range old {
		a[i] = in.old(key)
	}
	for i, key := range new {
		b[i] = in.new(key)
	}
	return match(a, b, sequenceGrams)
}
