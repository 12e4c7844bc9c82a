package corpus

import (
	"cmp"
	"slices"
	"time"
)

// OverrideKind says what people decided about a stretch of text, against the
// rules that cut and pair it.
type OverrideKind string

// The kinds of overrides.
const (
	// OneUnit: the stretches of the two sides are one unit. Merging makes one of
	// these, splitting two. It counts while its unit is not retired.
	OneUnit OverrideKind = "unit"
	// IsHeading and IsBody: the blocks of the stretches are a heading, or are
	// none. Of several on one block the newest counts.
	IsHeading OverrideKind = "heading"
	IsBody    OverrideKind = "body"
)

// Override is a decision of people about the shape of a version's text that
// outlives the version: it is carried to the next by where its stretch went,
// as a new row that says where it stands there.
type Override struct {
	ID      OverrideID
	Version VersionID
	Kind    OverrideKind
	Unit    UnitID  // the unit that it made, or on which it was decided
	Source  Stretch // the zero value where the unit has nothing on that side
	Target  Stretch
	From    OverrideID // of the version before, from which it was carried; "" for a new one
	By      UserID
	Created time.Time // when the person decided
	Act     EventID
	Undone  bool
}

// Stretch is a run of the logical text of a file's blocks: from Start, an offset
// in bytes in the text of block First, up to End, an offset in that of block
// Last. Hash is the BlobHash of the text, one line a block: it checks that the
// stretch still is what it was, and finds nothing by itself. The zero value
// stands for no text.
type Stretch struct {
	First int    `json:"f"`
	Start int    `json:"s"`
	Last  int    `json:"l"`
	End   int    `json:"e"`
	Hash  string `json:"h"`
}

// Present reports whether there is a stretch at all.
func (s Stretch) Present() bool { return s.Hash != "" }

// BlockLabel is what people say a block is, whatever it looks like.
type BlockLabel struct {
	Side    Side
	Block   int // index in the file's layout
	Heading bool
}

// BlockLabels returns what the overrides of a version, oldest first, say of its
// blocks: one label a block, the newest one, by side and block.
func BlockLabels(overrides []Override) []BlockLabel {
	type place struct {
		side  Side
		block int
	}
	at := map[place]int{}
	var list []BlockLabel
	for _, o := range overrides {
		if o.Undone || o.Kind != IsHeading && o.Kind != IsBody {
			continue
		}
		for side, s := range map[Side]Stretch{SourceSide: o.Source, TargetSide: o.Target} {
			if !s.Present() {
				continue
			}
			p := place{side, s.First}
			if i, ok := at[p]; ok {
				list[i].Heading = o.Kind == IsHeading
				continue
			}
			at[p] = len(list)
			list = append(list, BlockLabel{Side: side, Block: s.First, Heading: o.Kind == IsHeading})
		}
	}
	slices.SortFunc(list, func(a, b BlockLabel) int {
		return cmp.Or(cmp.Compare(a.Side, b.Side), cmp.Compare(a.Block, b.Block))
	})
	return list
}
