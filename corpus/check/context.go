package check

import (
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

// Context is what a check sees of a unit. What several checks need, words,
// sentences and quantities, is computed when the first of them asks.
type Context struct {
	Input
	S, T *View // Source and Target without placeholders

	check    *Check
	ledger   *ledger
	previous *View
}

// ledger is the quantities of both sides and how they match.
type ledger struct {
	source, target []quantity.Quantity
	matching       quantity.Matching
}

func newContext(in Input) *Context {
	return &Context{Input: in, S: newView(in.Source, in.SourceLang), T: newView(in.Target, in.TargetLang)}
}

func base(tag language.Tag) language.Base {
	b, _ := tag.Base()
	return b
}

// quantities returns the ledger of the unit.
func (c *Context) quantities() *ledger {
	if c.ledger == nil {
		l := &ledger{
			source: quantity.Append(nil, c.S.Text, c.SourceLang),
			target: quantity.Append(nil, c.T.Text, c.TargetLang),
		}
		l.matching = quantity.Match(l.source, l.target)
		c.ledger = l
	}
	return c.ledger
}

// before returns the view of the target of the unit before this one.
func (c *Context) before() *View {
	if c.previous == nil {
		c.previous = newView(c.Previous, c.TargetLang)
	}
	return c.previous
}

// running reports whether the unit is running text rather than a heading, a
// cell, an item or a caption, which need not be sentences.
func (c *Context) running() bool { return c.Kind == "" || c.Kind == "paragraph" }

// inTarget returns a finding of the running check at a span of the target.
func (c *Context) inTarget(span corpus.Span, message string, args ...string) corpus.Finding {
	return corpus.Finding{
		Check: c.check.ID, Category: c.check.Category, Severity: c.check.Severity,
		Message: message, Args: args, Target: []corpus.Span{span},
	}
}

// withFix adds a replacement, unless that would swallow a placeholder.
func (c *Context) withFix(f corpus.Finding, span corpus.Span, text string) corpus.Finding {
	if !c.T.broken(span) {
		f.Fix = &corpus.Fix{Span: span, Text: text}
	}
	return f
}
