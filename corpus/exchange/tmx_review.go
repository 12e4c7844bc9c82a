package exchange

import (
	"io"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// tmxFormat is TMX 1.4b (LISA OSCAR, 2005), as which the approved pairs of a
// review are written. A memory must not carry what nobody answers for.
var tmxFormat = Format{ID: "tmx", Title: "TMX 1.4b", Extensions: []string{".tmx"}, write: writeTMXReview, memory: readTMX}

func writeTMXReview(w io.Writer, r *Review) error {
	m := TMX{Source: r.Project.Source, Target: r.Project.Target, Tool: "reviseur", Version: "1"}
	for i := range r.Units {
		u := &r.Units[i]
		state := u.State()
		if state != corpus.StateApproved && state != corpus.StateFinal {
			continue
		}
		m.Units = append(m.Units, TMXUnit{
			ID: string(u.Unit.ID), Props: []TMXProp{{"x-document", r.Document.Name}, {"x-status", state.String()}},
			Source: tmxTexts(u.Unit.Text.Source, tokensOf(r.Source, u.Unit.Source)), Target: tmxTexts(u.Current().Text, tokensOf(r.Target, u.Unit.Target)),
		})
	}
	return WriteTMX(w, m)
}

// tmxTexts cuts a text into its lines, each with the tokens of its block.
func tmxTexts(text string, tokens [][]layout.Token) []TMXText {
	var list []TMXText
	for i, line := range corpus.Parts(text) {
		t := TMXText{Text: line}
		if i < len(tokens) {
			t.Tokens = tokens[i]
		}
		list = append(list, t)
	}
	return list
}
