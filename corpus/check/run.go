package check

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Result is what the checks say of one unit.
type Result struct {
	Findings []corpus.Finding // by place in the target, then by check
	Failed   []string         // ids of the checks that broke down; each has a notice among the findings, the others are complete
}

// Run runs those of the checks that suit the unit's languages. The same input
// always gives the same result. A check that panics is named in Failed and
// stops no other.
func Run(in Input, checks []*Check) Result {
	var r Result
	c := newContext(in)
	source, target := base(in.SourceLang), base(in.TargetLang)
	for _, k := range checks {
		if k.Run == nil || !k.applies(source, target, in.Source != "") {
			continue
		}
		c.check = k
		found, ok := guard(func() []corpus.Finding { return k.Run(c) })
		if !ok {
			r.Failed = append(r.Failed, k.ID)
			c.ledger = nil // it may be half made
			found = []corpus.Finding{c.failed()}
		}
		r.Findings = append(r.Findings, found...)
	}
	hash := sha256.Sum256([]byte(in.Source))
	for i := range r.Findings {
		c.settle(&r.Findings[i], hash[:])
	}
	slices.SortStableFunc(r.Findings, func(a, b corpus.Finding) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Check, b.Check))
	})
	return r
}

// DocumentResult is what the document checks say of all units together.
type DocumentResult struct {
	Findings []Placed // by unit, then by place in the target, then by check
	Failed   []string // ids of the checks that broke down; each has a notice at the first unit
}

// RunDocument runs those of the checks that suit the languages of the first
// unit over all units of a document, in reading order.
func RunDocument(units []Input, checks []*Check) DocumentResult {
	var r DocumentResult
	if len(units) == 0 {
		return r
	}
	all := make([]*Context, len(units))
	sourced := false
	for i, in := range units {
		all[i] = newContext(in)
		sourced = sourced || in.Source != ""
	}
	source, target := base(units[0].SourceLang), base(units[0].TargetLang)
	for _, k := range checks {
		if k.RunDocument == nil || !k.applies(source, target, sourced) {
			continue
		}
		for _, c := range all {
			c.check = k
		}
		found, ok := guard(func() []Placed { return k.RunDocument(all) })
		if !ok {
			r.Failed = append(r.Failed, k.ID)
			found = []Placed{{0, all[0].failed()}}
		}
		r.Findings = append(r.Findings, found...)
	}
	for i := range r.Findings {
		c := all[r.Findings[i].Unit]
		hash := sha256.Sum256([]byte(c.Input.Source))
		c.settle(&r.Findings[i].Finding, hash[:])
	}
	slices.SortStableFunc(r.Findings, func(a, b Placed) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(place(a.Finding), place(b.Finding)), cmp.Compare(a.Finding.Check, b.Finding.Check))
	})
	return r
}

// failedMessage is the message of the notice that a check broke down.
const failedMessage = "check.failed"

var failedWords = Words{"The check {0} failed here; what it would have found is missing.", "检查项 {0} 在此出错，可能有未列出的问题。"}

// failed returns the notice that the running check broke down.
func (c *Context) failed() corpus.Finding {
	return corpus.Finding{Check: c.check.ID, Category: c.check.Category, Severity: corpus.Neutral, Message: failedMessage, Args: []string{c.check.ID}, Target: []corpus.Span{c.T.end()}}
}

// guard calls run and reports whether it came back: a check that panics must
// not stop the others.
func guard[T any](run func() []T) (found []T, ok bool) {
	defer func() {
		if recover() != nil {
			found, ok = nil, false
		}
	}()
	return run(), true
}

func place(f corpus.Finding) int {
	if len(f.Target) == 0 {
		return -1
	}
	return f.Target[0].Start
}

// settle moves the finding's spans to the texts as given and computes its key.
func (c *Context) settle(f *corpus.Finding, sourceHash []byte) {
	h := sha256.New()
	part := func(s string) {
		h.Write([]byte(strings.ToLower(s)))
		h.Write([]byte{0})
	}
	part(f.Check)
	part(f.Message)
	for _, a := range f.Args {
		part(a)
	}
	h.Write(sourceHash)
	for i, s := range f.Target {
		part(c.T.at(s))
		f.Target[i] = c.T.original(s)
	}
	for i, s := range f.Source {
		f.Source[i] = c.S.original(s)
	}
	if f.Fix != nil {
		f.Fix.Span = c.T.original(f.Fix.Span)
	}
	f.Key = hex.EncodeToString(h.Sum(nil)[:16])
}
