package layout

import (
	"cmp"
	"slices"
)

// Coverage says what became of each byte of a file, so that nothing drops out
// of a review silently. Text + Protected + Skeleton is the size of the file.
type Coverage struct {
	Text      int // bytes of logical text, escapes and entities counted as written
	Protected int // bytes of tokens
	Skeleton  int // everything else
	// Parts divides Skeleton. Names that matter to a reviewer: "code", "html",
	// "definition", "front-matter", "attributes"; "markup" is the rest: markers,
	// line ends, blank lines; "counterpart" is the other language of an
	// interleaved file. Sorted by name; the bytes add up to Skeleton.
	Parts []Part
}

// Part is one sort of skeleton.
type Part struct {
	Name  string
	Count int // places
	Bytes int
}

// Unreviewed is the number of bytes that may hold wording but are not offered
// for review: all skeleton other than markers and white space, and other than
// what the other view of an interleaved file offers.
func (c Coverage) Unreviewed() int {
	n := 0
	for _, p := range c.Parts {
		if p.Name != markup && p.Name != counterpart {
			n += p.Bytes
		}
	}
	return n
}

// markup is the part that takes what nobody claimed.
const markup = "markup"

// Passage is a stretch of a file that may hold wording but is not offered for
// review.
type Passage struct {
	Name string // of its Part: "code", "html", "front-matter" …
	Raw  Span
}

// Unreviewed returns the passages that are not offered for review, in file
// order. Lines of one sort that follow each other are one passage.
func (d *Document) Unreviewed() []Passage {
	list := slices.Clone(d.skeleton)
	slices.SortStableFunc(list, func(a, b Passage) int { return cmp.Compare(a.Raw.Start, b.Raw.Start) })
	var out []Passage
	for _, p := range list {
		n := len(out) - 1
		if n >= 0 && out[n].Name == p.Name && p.Raw.Start >= out[n].Raw.End && allSpace(d.Raw[out[n].Raw.End:p.Raw.Start]) {
			out[n].Raw.End = p.Raw.End
			continue
		}
		out = append(out, p)
	}
	return out
}
