package workflow

import (
	"context"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// QuoteChange is a unit whose quotation marks are of another kind than most of
// the document's.
type QuoteChange struct {
	Unit     corpus.Unit
	Number   int // in reading order
	Revision corpus.RevisionID
	Old, New string // logical texts
}

// ProposeQuotes puts wordings up for approval that make the quotation marks of
// the named units of the kind that most of the document's are of; all units that
// need it where none is named. Quotation marks are words: these are proposals of
// wordings like any other, one for each unit, and the number of them is returned.
func (d *Desk) ProposeQuotes(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, units ...corpus.UnitID) (int, error) {
	g, err := d.cleaningGround(ctx, user, doc)
	if err != nil {
		return 0, err
	}
	list, _, err := d.quoteChanges(ctx, g.version.ID)
	if err != nil {
		return 0, err
	}
	named := map[corpus.UnitID]bool{}
	for _, u := range units {
		named[u] = true
	}
	made := 0
	for _, q := range list {
		if len(units) > 0 && !named[q.Unit.ID] {
			continue
		}
		if _, err := d.Propose(ctx, user, Wording{Unit: q.Unit.ID, Text: layout.Show(q.New), Base: q.Revision}); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// quoteChanges finds the units whose marks are of the rarer kind, in reading
// order; none where the two kinds are equally frequent, or only one occurs.
func (d *Desk) quoteChanges(ctx context.Context, version corpus.VersionID) (list []QuoteChange, curly bool, err error) {
	type wording struct {
		QuoteChange
		curly, straight int
	}
	var all []wording
	curlies, straights, number := 0, 0, 0
	err = d.store.View(ctx, func(r corpus.Reader) error {
		for rec, err := range r.Records(version) {
			if err != nil {
				return err
			}
			number++
			w := wording{QuoteChange: QuoteChange{Unit: rec.Unit, Number: number, Revision: rec.Latest().ID, Old: rec.Latest().Text}}
			w.curly, w.straight = countQuotes(w.Old)
			curlies, straights = curlies+w.curly, straights+w.straight
			if w.curly+w.straight > 0 {
				all = append(all, w)
			}
		}
		return nil
	})
	if err != nil || curlies == straights || curlies == 0 || straights == 0 {
		return nil, curlies > straights, err
	}
	curly = curlies > straights
	for _, w := range all {
		w.New = straighten(w.Old)
		if curly {
			w.New = curl(w.Old)
		}
		if w.New != w.Old {
			list = append(list, w.QuoteChange)
		}
	}
	return list, curly, nil
}

// countQuotes counts the marks of either kind. A straight sign behind a figure
// is a measure and counts for neither.
func countQuotes(text string) (curly, straight int) {
	before := ' '
	for _, r := range text {
		switch {
		case strings.ContainsRune("“”‘’", r):
			curly++
		case (r == '"' || r == '\'') && !unicode.IsDigit(before):
			straight++
		}
		before = r
	}
	return curly, straight
}

var toStraight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

func straighten(text string) string { return toStraight.Replace(text) }

// curl turns straight marks to curly ones by what stands before them: a mark
// opens at the beginning, behind white space and behind an opening bracket or
// mark, and closes elsewhere. Behind a figure a sign stays: it may be a measure.
func curl(text string) string {
	var out strings.Builder
	before := ' '
	for _, r := range text {
		_, _, token := layout.IsPlaceholder(r)
		opens := unicode.IsSpace(before) || strings.ContainsRune("([{—–“‘", before)
		now := r
		switch {
		case unicode.IsDigit(before):
		case r == '"' && opens:
			now = '“'
		case r == '"':
			now = '”'
		case r == '\'' && opens:
			now = '‘'
		case r == '\'':
			now = '’'
		}
		out.WriteRune(now)
		if !token { // marks of emphasis are looked through
			before = now
		}
	}
	return out.String()
}
