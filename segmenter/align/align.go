package align

import (
	"context"
	"slices"

	"golang.org/x/text/language"
)

// Sentence is one segment of one side, as the aligner sees it.
type Sentence struct {
	Text   string
	Block  int    // ordinal of its block; the sentences of a block are adjacent
	Kind   Kind   // what sort of block it stands in
	Number string // structural number if the caller knows it; else the text is looked at
}

// Range is a half-open range [Start, End) of indexes into one side's sentences.
type Range struct{ Start, End int }

// Len is the number of sentences in the range.
func (r Range) Len() int { return r.End - r.Start }

// Bead pairs a group of source sentences with the group of target sentences that renders it.
// An empty target says that the source was left out, an empty source that the target was added;
// an empty range still says where in the order it stands.
type Bead struct {
	Source, Target Range

	// Score says in [0, 1] how well the two sides go together by words, length and
	// structure: above 0.5 they are likelier translations of each other than strangers. For
	// a one-sided bead it says how sure it is that there is no counterpart. It is no
	// probability of being right.
	Score float64

	// Margin is by how much, in natural logarithms, the best alignment of the document that
	// has this bead beats the best one that has not. It is never negative; above 10 it means
	// beyond doubt, and a pinned bead has the value Pinned.
	Margin float64

	// Doubtful says that a person should look: the margin is small, a side is empty, or one
	// of the reasons speaks against the pairing.
	Doubtful bool

	// Reasons say why, in a fixed order.
	Reasons []Reason
}

// Pinned is the margin of beads settled by people.
const Pinned = 100

// Pin is a bead that a person has settled. It comes back as it is, and everything between two
// pins is aligned by itself.
type Pin struct{ Source, Target Range }

// Options direct Align.
type Options struct {
	Source, Target language.Tag

	// Lexicon is the dictionary to start from, usually Default(Source, Target); nil for none.
	Lexicon *Lexicon

	// Dictionary is a user's own (see ReadLexicon), used beside it; nil for none.
	Dictionary *Lexicon

	// Learned is what Learn made of pairs that people approved; nil for none.
	Learned *Lexicon

	// Fast leaves out the second pass, which learns from the first.
	Fast bool

	// Pins are settled beads in any order. A pin that crosses or overlaps an earlier one, or
	// lies outside the lists, is ignored.
	Pins []Pin

	// Progress, if set, is called now and then from the calling goroutine.
	Progress func(done, total int)
}

// Align pairs the sentences of two sides. The beads come in order, do not cross, and hold every
// sentence of both sides exactly once. Where both sides are divided into blocks, blocks are
// aligned first, and a bead stays within blocks that belong together. The result depends on
// the arguments only. The error is that of the context.
func Align(ctx context.Context, source, target []Sentence, o Options) ([]Bead, error) {
	pins := sound(o.Pins, len(source), len(target))
	if flipped(o.Source, o.Target) {
		source, target = target, source
		o.Source, o.Target = o.Target, o.Source
		for i, p := range pins {
			pins[i] = Pin{p.Target, p.Source}
		}
		beads, err := align(ctx, source, target, pins, o)
		for i := range beads {
			beads[i].flip()
		}
		return beads, err
	}
	return align(ctx, source, target, pins, o)
}

// flipped is true when the pair is handled the other way round, because lexicons know how to
// render Chinese and not how to write it.
func flipped(source, target language.Tag) bool {
	s, _ := source.Base()
	t, _ := target.Base()
	return chinese(t) && !chinese(s)
}

// flip exchanges the sides of a bead.
func (b *Bead) flip() {
	b.Source, b.Target = b.Target, b.Source
	for i := range b.Reasons {
		switch r := &b.Reasons[i]; r.ID {
		case "left-out":
			r.ID = "added"
		case "added":
			r.ID = "left-out"
		case "perhaps-left-out":
			r.ID = "perhaps-added"
		case "perhaps-added":
			r.ID = "perhaps-left-out"
		case "merged", "structure-differs":
			slices.Reverse(r.Args)
		case "length":
			r.Args[0] = inverse(r.Args[0])
		}
	}
}
