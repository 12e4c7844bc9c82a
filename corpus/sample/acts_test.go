package sample

import (
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestActs(t *testing.T) {
	const machine, proposed, approved, returned, accepted = "machine", "proposed", "approved", "returned", "accepted"
	type unit struct{ state, author string }
	units := make(map[string]*unit)
	flags := 0
	for i, act := range Acts() {
		bad := func(format string, args ...any) {
			t.Helper()
			t.Errorf("act %d, %s %s on %q: "+format, append([]any{i, act.By, act.Verb, act.Find}, args...)...)
		}
		text := read(t, act.Document)
		if n := strings.Count(text, act.Find); n != 1 {
			bad("occurs %d times in %s, want once", n, act.Document)
			continue
		}
		if strings.ContainsAny(act.Find+act.Quote, "*[]|\n") {
			bad("goes over markup")
		}
		if !slices.Contains([]string{"translator", "translator2", "reviewer"}, act.By) {
			bad("no such person in this")
		}
		if act.Verb != "propose" && act.Text != "" || act.Verb != "flag" && act.Quote != "" {
			bad("has a text or quotation that means nothing")
		}
		if (act.Category == "") != (act.Severity == "") {
			bad("has a category without a severity, or a severity without a category")
		}
		if act.Category != "" {
			if _, err := corpus.ParseCategory(act.Category); err != nil {
				bad("%v", err)
			}
			if _, err := corpus.ParseSeverity(act.Severity); err != nil {
				bad("%v", err)
			}
		}
		u := units[act.Document+act.Find]
		if u == nil {
			u = &unit{state: machine}
			units[act.Document+act.Find] = u
		}
		switch act.Verb {
		case "propose":
			if u.state == proposed {
				bad("there is a pending proposal already")
			}
			if act.Text == paragraph(text, act.Find) || strings.ContainsAny(act.Text, "*[]|\n") {
				bad("proposes what stands already, or markup: %q", act.Text)
			}
			*u = unit{proposed, act.By}
		case "flag":
			flags++
			if act.Category == "" || act.Quote == "" || !strings.Contains(paragraph(text, act.Find), act.Quote) {
				bad("wants a category, and a quotation from its paragraph, has %q %q", act.Category, act.Quote)
			}
		case "approve", "return", "decline":
			if u.state != proposed || u.author == act.By || act.By != "reviewer" {
				bad("wants somebody else's pending proposal, and a reviewer")
			}
			if act.Verb != "approve" && act.Note == "" {
				bad("wants a reason")
			}
			u.state = map[string]string{"approve": approved, "return": returned, "decline": machine}[act.Verb]
		case "accept":
			if u.state != machine || act.By != "reviewer" {
				bad("wants a unit nobody answered for, and a reviewer")
			}
			u.state = accepted
		default:
			bad("no such verb")
		}
	}
	count := make(map[string]int)
	for _, u := range units {
		count[u.state]++
	}
	if count[approved] < 3 || count[proposed] < 3 || count[returned] < 1 || count[accepted] < 3 || flags < 5 {
		t.Errorf("the demo ends with units %v and %d flags, want some of each", count, flags)
	}
}

// paragraph returns the line of the text in which the words stand.
func paragraph(text, words string) string {
	at := strings.Index(text, words)
	start := strings.LastIndex(text[:at], "\n") + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	return line
}
