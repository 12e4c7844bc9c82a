package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// unitPath is a path below a unit's.
func unitPath(doc corpus.Document, unit corpus.UnitID, rest string) string {
	return documentPath(doc, "/units/"+string(unit)+"/"+rest)
}

// post sends a form as script does, for a part of the page.
func (o *office) post(as, path string, pairs ...string) *reply {
	o.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Fragment", "1")
	return o.do(as, r)
}

// recordOf reads a unit's record.
func (o *office) recordOf(unit corpus.UnitID) *corpus.Record {
	o.Helper()
	var rec corpus.Record
	o.must(o.store.View(context.Background(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(unit)
		return err
	}))
	return &rec
}

const ninth = "The amount was ⟨1⟩9 billion⟨/1⟩ yuan."

// Every act takes a form from a page without script, which goes back to the
// list, and from script, which gets the parts of the page that changed.
func TestActs(t *testing.T) {
	type acting struct {
		name  string
		as    string
		ready func(*office, corpus.UnitID) // what must have happened before
		act   string
		form  func(*office, corpus.UnitID) []string
		want  corpus.State
	}
	plain := func(pairs ...string) func(*office, corpus.UnitID) []string {
		return func(*office, corpus.UnitID) []string { return pairs }
	}
	proposed := func(o *office, u corpus.UnitID) { o.propose("lin", u, ninth) }
	approved := func(o *office, u corpus.UnitID) { proposed(o, u); o.approve("he", u) }
	flagged := func(o *office, u corpus.UnitID) {
		_, err := o.desk.Flag(context.Background(), o.people["lin"], workflow.Passage{Unit: u, Target: corpus.Mark{Quote: "amount"}, Category: corpus.WrongTerm, Severity: corpus.Major})
		o.must(err)
	}
	flag := func(verb, reason string) func(*office, corpus.UnitID) []string {
		return func(o *office, u corpus.UnitID) []string {
			return []string{"verb", verb, "flag", string(o.recordOf(u).Flags[0].ID), "reason", reason}
		}
	}
	o := newOffice(t)
	for _, c := range []acting{
		{"propose", "lin", nil, "propose", plain("text", ninth, "category", "number-unit", "severity", "critical"), corpus.StateProposed},
		{"no change", "lin", nil, "no-change", plain(), corpus.StateProposed},
		{"draft", "lin", nil, "draft", plain("text", "half a"), corpus.StateMachine},
		{"discard", "lin", nil, "draft", plain("text", "half a", "discard", "1"), corpus.StateMachine},
		{"withdraw", "lin", proposed, "withdraw", plain(), corpus.StateMachine},
		{"approve", "he", proposed, "approve", plain("then", "next"), corpus.StateApproved},
		{"accept", "he", nil, "accept", plain(), corpus.StateApproved},
		{"return", "he", proposed, "return", plain("canned", "A figure is wrong.", "reason", "See the source."), corpus.StateReturned},
		{"decline", "he", proposed, "decline", plain("reason", "No."), corpus.StateMachine},
		{"reopen", "he", approved, "reopen", plain("reason", "Look again."), corpus.StateMachine},
		{"flag by quotation", "lin", nil, "flag", plain("target", "⟨1⟩90 billion", "category", "q", "severity", "critical"), corpus.StateMachine},
		{"flag by offsets", "lin", nil, "flag", plain("target_start", "4", "target_end", "10", "source_start", "0", "source_end", "2", "category", "term"), corpus.StateMachine},
		{"resolve a flag", "he", flagged, "settle", flag("resolve", ""), corpus.StateMachine},
		{"dismiss a flag", "he", flagged, "settle", flag("dismiss-major", "It is right."), corpus.StateMachine},
		{"withdraw a flag", "lin", flagged, "settle", flag("withdraw-flag", ""), corpus.StateMachine},
		{"comment", "lin", nil, "comment", plain("text", "Really <b>90</b>?"), corpus.StateMachine},
	} {
		for _, script := range []bool{false, true} {
			name := c.name + " by form"
			if script {
				name = c.name + " by script"
			}
			t.Run(name, func(t *testing.T) {
				doc := o.take(strings.ReplaceAll(name, " ", "-")+".md", portSource, portTarget)
				unit := o.unit(doc, "90 billion")
				if c.ready != nil {
					c.ready(o, unit)
				}
				path := unitPath(doc, unit, c.act)
				if script {
					o.post(c.as, path, c.form(o, unit)...).ok().has("#u-"+string(unit), "article[aria-current]", "#panel", "#counts").says("#saying", ".")
				} else {
					to := o.fill(c.as, path, append(c.form(o, unit), "filter", "all")...).to()
					o.get(c.as, strings.SplitN(to, "#", 2)[0]).ok().has("article[aria-current]", ".notice")
				}
				if s := o.recordOf(unit).State(); s != c.want {
					t.Errorf("state %s, want %s", s, c.want)
				}
			})
		}
	}
}

// Offsets of the browser count UTF-16 units of what is shown, in which a
// placeholder is as long as its sign.
func TestFlagOffsets(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	o.post("lin", unitPath(doc, unit, "flag"), "target_start", "18", "target_end", "28", "source_start", "4", "source_end", "8", "category", "q").ok()
	f := o.recordOf(unit).Flags[0]
	if f.Target.Quote != "90 billion" || f.Source.Quote != "90亿元" {
		t.Errorf("flag on %q and %q, want 90 billion and 90亿元", f.Target.Quote, f.Source.Quote)
	}
}

func TestProposeThenNext(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit, next := o.unit(doc, "90 billion"), o.unit(doc, "No major")
	o.post("lin", unitPath(doc, unit, "propose"), "text", ninth, "then", "next").ok().
		has("#u-"+string(next)+"[aria-current]", "#u-"+string(unit)+".proposed").lacks("#u-" + string(unit) + "[aria-current]")
}

// A save that is sent twice with one key is one act.
func TestProposeTwice(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	for range 2 {
		o.post("lin", unitPath(doc, unit, "propose"), "text", ninth, "key", "one").ok()
	}
	if n := len(o.recordOf(unit).Proposals); n != 1 {
		t.Errorf("%d proposals, want 1", n)
	}
}

// What came in between stands beside what was typed, and the answer says both.
func TestProposeLate(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	seen := string(o.recordOf(unit).Latest().ID)
	o.propose("mo", unit, "It was ⟨1⟩9 billion⟨/1⟩.")
	o.post("lin", unitPath(doc, unit, "propose"), "text", ninth, "base", seen, "seen", seen).ok().says(".clash", "It was ⟨1⟩9 billion⟨/1⟩.").says(".clash", "The amount was")
	if n := len(o.recordOf(unit).Pending()); n != 2 {
		t.Errorf("%d proposals wait, want 2", n)
	}
	if to := o.fill("lin", unitPath(doc, unit, "propose"), "text", "Once more ⟨1⟩9⟨/1⟩.", "seen", seen).to(); !strings.Contains(to, "done=second") {
		t.Errorf("the form leads to %s, want done=second", to)
	}
}

// A wording that is refused comes back in the field.
func TestProposeRefused(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	r := o.fill("lin", unitPath(doc, unit, "propose"), "text", "one\n\ntwo").is(http.StatusUnprocessableEntity)
	r.has(".problem").says("#wording", "one two").lacks("#editor[hidden]")
	o.post("lin", unitPath(doc, unit, "propose"), "text", "").is(http.StatusUnprocessableEntity)
}

func TestLive(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	against := string(o.recordOf(unit).Latest().ID)
	check := func(text string) *reply {
		return o.post("lin", unitPath(doc, unit, "check"), "text", text, "against", against, "base", against).ok()
	}
	check(ninth).has("#live ins", "#live del", "#saved", "#live .approved")
	check("The amount was ⟨1⟩90 billion⟨/1⟩ yuan.").lacks("#live ins").has("#live .warnings")
	check("").has("#live .minor")
	check(ninth)
	o.get("lin", documentPath(doc, "?at="+string(unit))).ok().has("#u-"+string(unit)+" .draft").says("#wording", "9 billion")
	o.get("mo", documentPath(doc, "?at="+string(unit))).ok().lacks(".draft").says("#wording", "90 billion")
	o.fill("lin", unitPath(doc, unit, "draft"), "discard", "1").to()
	o.get("lin", documentPath(doc, "?at="+string(unit))).ok().lacks(".draft")
}

func TestDismissHere(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	page := o.get("he", documentPath(doc, "?at="+string(unit))).ok().has("#panel .card.find input[name=key]")
	key := ""
	for _, a := range page.all("#panel .card.find input[name=key]")[0].Attr {
		if a.Key == "value" {
			key = a.Val
		}
	}
	o.post("he", unitPath(doc, unit, "dismiss"), "key", key, "scope", "here", "reason", "It is meant so.").ok().lacks("#x-"+key).says("#panel .settled", "It is meant so.").says("#panel .settled", "HE")
	panel := documentPath(doc, "?at="+string(unit))
	o.get("lin", panel).ok().lacks("#panel .settled form")
	number := value(o.get("he", panel).ok(), "#panel .settled input[name=number]")
	o.post("lin", unitPath(doc, unit, "revoke"), "number", number).is(http.StatusForbidden)
	o.post("he", unitPath(doc, unit, "revoke"), "number", "x").is(http.StatusUnprocessableEntity)
	o.post("he", unitPath(doc, unit, "revoke"), "number", number).ok().has("#x-" + key)
}

func TestMergeSplitUndo(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "34,000")
	to := o.fill("lin", unitPath(doc, unit, "merge"), "with", "next").to()
	page := o.get("lin", strings.SplitN(to, "#", 2)[0]).ok().says("article[aria-current] .t .words", "34,000 smuggling cases were investigated. The amount")
	if n := len(page.all("article.row")); n != 3 {
		t.Errorf("%d rows after joining, want 3", n)
	}
	merged := o.unit(doc, "investigated. The amount")
	if n := len(o.post("lin", unitPath(doc, merged, "split"), "source_at", "15", "target_at", "53").ok().all("article.row")); n != 4 {
		t.Errorf("%d rows after cutting, want 4", n)
	}
	o.post("lin", documentPath(doc, "/undo")).ok().has("article[aria-current]")
	o.post("lin", documentPath(doc, "/undo")).ok().has("#u-" + string(unit))
	o.post("lin", documentPath(doc, "/undo")).is(http.StatusConflict)
}
