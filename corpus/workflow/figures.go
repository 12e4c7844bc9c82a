package workflow

import (
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

// Figure is a row of a unit's ledger of quantities: a figure of the source
// beside the one of the translation that stands for it. Either may be absent.
type Figure struct {
	Source, Target         string // as they stand in the texts
	SourceSpan, TargetSpan corpus.Span
	Means                  string // the source's value in English words, where its own writing does not show it
	Relation               string // "equal", "rounded", "unit", "scaled", "changed", "missing" or "added"
	Power                  int    // scaled: the translation is the source times ten to this
	Kind                   string // what it counts, a word of package quantity: "cardinal", "share" …; the source's where there is one
	Value                  string // of the translation's figure, or of the source's where it has none
}

var relations = [...]string{quantity.Equal: "equal", quantity.Rounded: "rounded", quantity.UnitChanged: "unit", quantity.Scaled10: "scaled", quantity.Changed: "changed"}

// Figures matches the quantities of two texts: the pairs in order of the
// source, then what only one side has. Weak numbers, such as the "one" in "one
// of", are listed only where a strong one stands for them.
func Figures(texts corpus.Pair, source, target language.Tag) []Figure {
	from, to := quantity.Append(nil, texts.Source, source), quantity.Append(nil, texts.Target, target)
	m := quantity.Match(from, to)
	var list []Figure
	for _, p := range m.Pairs {
		if !from[p.Source].Strong && !to[p.Target].Strong {
			continue
		}
		f := Figure{Relation: relations[p.Relation], Power: p.Power}
		f.setSource(from[p.Source], texts.Source)
		f.setTarget(to[p.Target], texts.Target)
		list = append(list, f)
	}
	for _, i := range m.Missing {
		f := Figure{Relation: "missing"}
		f.setSource(from[i], texts.Source)
		list = append(list, f)
	}
	for _, i := range m.Added {
		f := Figure{Relation: "added"}
		f.setTarget(to[i], texts.Target)
		list = append(list, f)
	}
	return list
}

func (f *Figure) setSource(q quantity.Quantity, text string) {
	f.SourceSpan = corpus.Span(q.Span)
	f.Source = text[q.Span.Start:q.Span.End]
	f.Kind, f.Value = q.Kind.String(), q.Value.String()
	if q.Value.Valid() && q.Kind == quantity.Cardinal && (q.Form == quantity.Scaled || q.Form == quantity.Spelt) {
		f.Means = quantity.Words(q.Value)
	}
}

func (f *Figure) setTarget(q quantity.Quantity, text string) {
	f.TargetSpan = corpus.Span(q.Span)
	f.Target = text[q.Span.Start:q.Span.End]
	if f.Value = q.Value.String(); f.Kind == "" {
		f.Kind = q.Kind.String()
	}
}
