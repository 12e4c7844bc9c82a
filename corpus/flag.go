package corpus

import (
	"time"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus/diff"
)

// Flag is a passage that a person stands behind: a span of the source, of one
// wording, or of both. It stays on the revision it was put on; Anchor finds it
// in a later one.
type Flag struct {
	ID       FlagID
	Unit     UnitID
	Revision RevisionID // whose text Target refers to
	By       UserID
	Source   Mark
	Target   Mark
	Category Category
	Severity Severity
	Note     string
	Check    string // id of the check whose finding was confirmed; "" otherwise
	Created  time.Time
	Act      EventID
	Undone   bool
}

// Mark is a span with the text it quotes. The zero value marks nothing.
type Mark struct {
	Span  Span
	Quote string
}

// Present reports whether the mark is on anything.
func (m Mark) Present() bool { return m.Quote != "" }

// FlagStatus is what became of a flag.
type FlagStatus string

// The statuses of a flag.
const (
	FlagOpen      FlagStatus = "open"
	FlagResolved  FlagStatus = "resolved"
	FlagDismissed FlagStatus = "dismissed"
	FlagWithdrawn FlagStatus = "withdrawn"
)

// Validate checks a flag against the texts it is put on.
func (f Flag) Validate(texts Pair) error {
	if f.Category.MQM() == "" {
		return Errorf(Invalid, "a flag needs a category")
	}
	if !f.Source.Present() && !f.Target.Present() {
		return Errorf(Invalid, "a flag needs a passage of the source or of the translation")
	}
	for _, m := range []struct {
		side Side
		mark Mark
		text string
	}{{SourceSide, f.Source, texts.Source}, {TargetSide, f.Target, texts.Target}} {
		s := m.mark.Span
		if m.mark.Present() && (s.Start < 0 || s.End > len(m.text) || s.Empty() || m.text[s.Start:s.End] != m.mark.Quote || !utf8.ValidString(m.mark.Quote)) {
			return Errorf(Invalid, "the passage %q is not at %d–%d of the %s", m.mark.Quote, s.Start, s.End, m.side)
		}
	}
	return nil
}

// SameAs reports whether other marks the same passages with the same category
// on the same wording; such a flag is refused as a duplicate.
func (f Flag) SameAs(other Flag) bool {
	return f.Unit == other.Unit && f.Revision == other.Revision && f.Category == other.Category && f.Source == other.Source && f.Target == other.Target
}

// Anchor returns where the target passage of a flag put on old is in a later
// wording: carried through their diff, else where its quotation stands exactly
// once. It reports false where it is neither; the flag then stands on the unit
// as lost, and is never resolved by that.
func Anchor(m Mark, old, text string) (Span, bool) {
	if !m.Present() || old == text {
		return m.Span, m.Present()
	}
	if s, ok := diff.Reanchor(old, text, diff.Span{Start: m.Span.Start, End: m.Span.End}); ok {
		return Span{s.Start, s.End}, true
	}
	return locateOnce(text, m.Quote)
}
