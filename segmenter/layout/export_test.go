package layout

// CheckBoth says what reading the surroundings, and what reading the whole
// file, has to say of a raw change that shall make block i read text.
func CheckBoth(doc *Document, i int, text string, c Change) (local, whole *Refusal, windowed bool) {
	want := expectation{edited: map[int]string{i: text}}
	w := newWindow(doc, i)
	local = w.verify([]Change{c}, want)
	return local, wholeFile(doc).verify([]Change{c}, want), w.before != doc
}
