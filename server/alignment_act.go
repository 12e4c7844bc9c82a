package server

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// fromAlignment is what forms of the alignment page say of where they stand.
const fromAlignment = "alignment"

// shift moves the first or last sentence of a side to the neighbour.
func (v *visit) shift() error {
	which, way, _ := strings.Cut(v.c.PostForm("move"), "-")
	side := corpus.TargetSide
	if which == corpus.SourceSide.String() {
		side = corpus.SourceSide
	}
	if way != "up" && way != "down" {
		return corpus.Errorf(corpus.Invalid, "a sentence moves up or down")
	}
	u, err := v.desk.Shift(v.context(), v.user.ID, v.unit.ID, side, way == "up")
	if err != nil {
		return err
	}
	return v.doneWith("shift", u.ID)
}

func (v *visit) cross() error {
	u, err := v.desk.Cross(v.context(), v.user.ID, v.unit.ID)
	if err != nil {
		return err
	}
	return v.doneWith("cross", u.ID)
}

func (v *visit) unlink() error {
	halves, err := v.desk.Unlink(v.context(), v.user.ID, v.unit.ID)
	if err != nil {
		return err
	}
	return v.doneWith("unlink", halves[0].ID)
}

// realign pairs the sentences around the unit anew. With a number, the
// translation of the unit with that number belongs to this one's source.
func (v *visit) realign() error {
	var out workflow.Realigned
	var err error
	if typed := v.c.PostForm("with"); typed != "" {
		out, err = v.pinNumbered(typed)
	} else {
		out, err = v.desk.Realign(v.context(), v.user.ID, v.unit.ID, v.c.PostForm("pin") != "")
	}
	switch {
	case err != nil:
		return err
	case out.Changed > 0:
		return v.doneWith("realign", out.At)
	case v.c.PostForm("pin") != "":
		return v.doneWith("pin", out.At)
	}
	return v.doneWith("realign-same", out.At)
}

func (v *visit) pinNumbered(typed string) (workflow.Realigned, error) {
	if _, ok := workflow.ParseNumber(typed); !ok {
		return workflow.Realigned{}, corpus.Errorf(corpus.Invalid, "%q is no number of a sentence", typed)
	}
	var other corpus.Unit
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		other, err = workflow.UnitNumbered(r, v.doc.Current, typed)
		return err
	})
	if err != nil {
		return workflow.Realigned{}, err
	}
	return v.desk.Pin(v.context(), v.user.ID, v.unit.ID, other.ID)
}

// confirm answers for a pairing; with then=next the following one of the filter
// is current afterwards.
func (v *visit) confirm() error {
	if _, err := v.desk.Confirm(v.context(), v.user.ID, v.unit.ID); err != nil {
		return err
	}
	return v.doneWith("confirm", v.unit.ID)
}

func (v *visit) flagIt() error {
	if _, err := v.desk.FlagUnmatched(v.context(), v.user.ID, v.unit.ID); err != nil {
		return err
	}
	return v.doneWith("flag", v.unit.ID)
}

// doneAligned answers an act that was asked for on the alignment page.
func (v *visit) doneAligned(said string, to corpus.UnitID) error {
	filter := v.c.PostForm("filter")
	if !v.wantsFragment() {
		return v.redirect(alignmentURL(documentURL(v.doc.ID, ""), filter, "at", string(to), "done", said) + "#p-" + string(to))
	}
	p, err := v.alignmentPage(filter, workflow.Query{At: to})
	if err != nil {
		return err
	}
	p.Notice = v.t("done." + said)
	return v.fragment("alignment.html", "_pairs.html", p)
}

// firstSentences are the places at which a unit is cut where nobody says
// otherwise: behind the first sentence of each side.
func firstSentences(u corpus.Unit) (source, target int, err error) {
	if len(u.Source) < 2 && len(u.Target) < 2 {
		return 0, 0, corpus.Errorf(corpus.Invalid, "there is one sentence on each side; cut one in the text, at the caret")
	}
	behind := func(segments []corpus.Segment, text string) int {
		spans := workflow.SentenceSpans(segments)
		if len(spans) < 2 {
			return len(text)
		}
		return spans[1].Start
	}
	return behind(u.Source, u.Text.Source), behind(u.Target, u.Text.Target), nil
}
