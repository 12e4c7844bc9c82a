package exchange

import "github.com/reviseur/reviseur/segmenter/layout"

// surroundings builds a document whose texts stand in a file of another sort, such
// as XML: all between the texts is structure, which must come out as it came in.
type surroundings struct {
	*layout.Builder
	whole  []byte // the file
	at     int    // how far the structure was accounted for
	silent bool   // nothing of it is: the side is never written
}

// structure adds what stands before an offset of the file to the structure.
func (b *surroundings) structure(to int) {
	if b.silent || to <= b.at {
		return
	}
	raw := layout.Span{Start: b.at, End: to}
	b.Open(layout.Element{Kind: "x", Sum: layout.Sum(0, b.whole[raw.Start:raw.End]), Raw: raw})
	b.Close()
	b.at = to
}
