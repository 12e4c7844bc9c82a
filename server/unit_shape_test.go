package server

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter"
)

// TestRuleMessages asks for a message in both languages for each rule there is.
func TestRuleMessages(t *testing.T) {
	_, english, chinese := parsed(t)
	n := 0
	for r := segmenter.RuleNone; r.String() != "unknown"; r++ {
		n++
		for lang, messages := range map[string]map[string]string{"en": english, "zh": chinese} {
			if messages["segment-rule."+r.String()] == "" {
				t.Errorf("no message in %s for the rule %s: %s", lang, r, r.Doc())
			}
		}
	}
	for key := range english {
		if id, ok := strings.CutPrefix(key, "segment-rule."); ok {
			found := false
			for r := segmenter.RuleNone; r.String() != "unknown"; r++ {
				found = found || r.String() == id
			}
			if !found {
				t.Errorf("a message for the rule %s, which is none", id)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d rules were found", n)
	}
}

func TestWhyHere(t *testing.T) {
	o := newOffice(t)
	doc := o.take("why.md", "全市产值达3.5亿元。同比有所增长。\n\n会议听取了报告。\n", "Output of the city, acc. to Dr. Lin, was 350 million yuan. It grew.\n\nThe meeting heard the report.\n")
	unit := o.unit(doc, "350 million")
	page := o.get("lin", documentPath(doc, "?at="+string(unit))).ok()
	page.has("#panel details.why").says("#panel .why", "The full stop belongs to an abbreviation.").says("#panel .why", "The paragraph begins here.")
	page.says("#repair .why", "The full stop belongs to an abbreviation.")
	if n := len(page.all("details.why")); n != 2 {
		t.Errorf("%d rows say why, want the current one alone, twice", n)
	}
	halves, err := o.desk.Split(context.Background(), o.people["lin"], unit, len(o.recordOf(unit).Unit.Text.Source), strings.Index(o.recordOf(unit).Unit.Text.Target, "was"))
	o.must(err)
	o.get("lin", documentPath(doc, "?at="+string(halves[1].ID))).ok().says("#panel .why", "People cut here")
}

func TestLabelBlock(t *testing.T) {
	o := newOffice(t)
	doc := o.take("heads.md", "", headedText())
	unit := o.unit(doc, "Make every effort")
	page := o.get("lin", documentPath(doc, "?at="+string(unit))).ok()
	page.says("#u-"+string(unit)+" .st", "reads like a heading").says("#u-"+string(unit)+" form.label", "This is a heading")
	at := documentPath(doc, "/units/"+string(unit)+"/label")
	o.fill("wu", at, "kind", "heading").is(http.StatusForbidden)
	o.fill("lin", at, "kind", "chapter").is(http.StatusUnprocessableEntity)
	o.fill("lin", at, "kind", "heading").to()
	page = o.get("lin", documentPath(doc, "?at="+string(unit))).ok().has("#u-"+string(unit)+".heading", "#repair form.label").lacks("#u-"+string(unit)+" .guess", "#u-"+string(unit)+" > .t > form.label")
	page.says("#repair form.label", "People call it a heading.")
	o.get("lin", documentPath(doc, "/read")).ok().says(".is-heading", "Make every effort")
	o.fill("lin", documentPath(doc, "/undo")).to()
	o.get("lin", documentPath(doc, "?at="+string(unit))).ok().says("#u-"+string(unit)+" .st", "reads like a heading")
	o.fill("lin", at, "kind", "body").to()
	o.get("lin", documentPath(doc, "?at="+string(unit))).ok().lacks("#u-"+string(unit)+" .guess", "#u-"+string(unit)+".heading")
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		list, err := r.Overrides(doc.Current)
		labels := corpus.BlockLabels(list)
		if len(labels) != 1 || labels[0].Heading || labels[0].Side != corpus.TargetSide {
			t.Errorf("labels = %+v", labels)
		}
		return err
	}))
}

// headedText has headings that end in a full stop, as some engines write them.
func headedText() string {
	long := "The departments of the city carried out patrols by day and by night in all districts, looked into what people had told them on the telephone and by letter, and wrote down what they had found in reports that were read out at the meeting. "
	return "The year was one of many tasks for the departments of the city. " + long + "\n\nMake every effort to keep the streets safe.\n\nCarry out patrols in all districts of the city, with officers on foot and in cars. " + long + long +
		"\n\nStrengthen the care of those who are old.\n\nSet up rooms in each district where people can meet and eat. " + long + long + "\n\n" + long + long + "\n"
}
