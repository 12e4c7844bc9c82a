package exchange

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// record writes what was done to a unit, exactly, as metadata. Spans are code
// points of the text they are of.
func (x *writer21) record(s *segment21) {
	u, name := s.Unit, x.review.userName
	x.at = string(u.ID)
	alignment := ""
	switch {
	case len(u.Source) == 0:
		alignment = "rv:no-source"
	case len(u.Target) == 0:
		alignment = "rv:no-target"
	case len(u.Source)+len(u.Target) > 2:
		alignment = strconv.Itoa(len(u.Source)) + ":" + strconv.Itoa(len(u.Target))
	}
	x.group("segment", "segment", string(u.ID), "position", strconv.FormatInt(u.Position, 10), "state", s.State().String(), "alignment", alignment,
		"source-ids", sentenceIDs(u.Source), "target-ids", sentenceIDs(u.Target), "kinds", kindsOf(u),
		"bead", string(u.Bead.Status), "bead-score", float(u.Bead.Score), "bead-margin", float(u.Bead.Margin), "bead-reasons", strings.Join(u.Bead.Reasons, "\n"))
	for _, rev := range s.Revisions {
		if rev.Undone {
			continue
		}
		var hands []string
		for _, h := range rev.Hands {
			hands = append(hands, name(h))
		}
		released := ""
		for _, id := range s.Released {
			if id == rev.ID {
				released = "yes"
			}
		}
		current := yes(rev.ID == s.current.ID)
		verdict := ""
		if rev.Verdict.Bad {
			verdict = rev.Verdict.Reason
		}
		x.group("revision", "segment", string(u.ID), "id", string(rev.ID), "number", strconv.Itoa(rev.Number), "author", name(rev.Author), "hands", strings.Join(hands, "\n"),
			"origin", string(rev.Origin), "base", string(rev.Base), "from", string(rev.From), "place", string(rev.Place), "note", rev.Note, "instruction", rev.Instruction,
			"cannot-be-written", verdict, "created", timeText(rev.Created), "current", current, "released", released)
	}
	for _, p := range s.Proposals {
		if !p.Undone {
			x.group("proposal", "segment", string(u.ID), "id", string(p.ID), "revision", string(p.Revision), "by", name(p.By), "no-change", yes(p.NoChange),
				"status", string(s.Status(p)), "created", timeText(p.Created))
		}
	}
	for _, d := range s.Decisions {
		if !d.Undone {
			x.group("decision", "segment", string(u.ID), "id", string(d.ID), "verb", string(d.Verb), "revision", string(d.Revision), "proposal", string(d.Proposal), "flag", string(d.Flag),
				"by", name(d.By), "name", d.Name, "function", d.Function, "reason", d.Reason, "created", timeText(d.Created), "batch", string(d.Batch), "size", strconv.Itoa(d.Size),
				"hash", d.Hash, "no-source", yes(d.NoSource), "one-person", yes(d.OnePerson), "rests", string(d.Rests))
		}
	}
	for _, f := range s.Flags {
		if f.Undone {
			continue
		}
		rev, _ := s.Revision(f.Revision)
		x.group("flag", "segment", string(u.ID), "id", string(f.ID), "revision", string(f.Revision), "by", name(f.By), "category", string(f.Category), "mqm-type", f.Category.MQM(),
			"mqm-severity", f.Severity.String(), "status", string(s.FlagStatus(f)), "note", f.Note, "check", f.Check, "created", timeText(f.Created),
			"span-source", spanIn(u.Text.Source, f.Source), "quote-source", f.Source.Quote, "span-target", spanIn(rev.Text, f.Target), "quote-target", f.Target.Quote)
	}
	for _, c := range s.Comments {
		if !c.Undone {
			x.group("comment", "segment", string(u.ID), "id", string(c.ID), "by", name(c.By), "answers", string(c.Answers), "created", timeText(c.Created))
		}
	}
}

func spanIn(text string, m corpus.Mark) string {
	if !m.Present() {
		return ""
	}
	return codePoints(text, m.Span)
}

func float(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// sentenceIDs names sentences by block and number in the order of the file:
// XLIFF has no word for a segment of several.
func sentenceIDs(segments []corpus.Segment) string {
	var list []string
	for _, s := range segments {
		list = append(list, strconv.Itoa(s.Block+1)+"@"+strconv.Itoa(s.Envelope.Start))
	}
	return strings.Join(list, " ")
}

// kindsOf lists the kinds of a unit's segments, source first, so that a reader
// without the files knows how many there are.
func kindsOf(u corpus.Unit) string {
	var b strings.Builder
	for _, list := range [][]corpus.Segment{u.Source, u.Target} {
		if b.Len() > 0 {
			b.WriteString("|")
		}
		for i, s := range list {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString(s.Kind)
			if s.Level > 0 {
				b.WriteString("-" + strconv.Itoa(s.Level))
			}
		}
		if len(list) == 0 {
			b.WriteString("-")
		}
	}
	return b.String()
}

// notes writes the comments, and a readable line for each flag that stands on no
// passage any more.
func (x *writer21) notes(segments []*segment21) {
	open := false
	note := func(text string, attrs ...string) {
		if !open {
			open = true
			x.open("notes")
		}
		x.leaf("note", text, attrs...)
	}
	for _, s := range segments {
		x.at = string(s.Unit.ID)
		for _, c := range s.Comments {
			if !c.Undone {
				note(c.Text, "id", string(c.ID), "category", "comment", "priority", "5")
			}
		}
		for _, f := range s.Flags {
			_, onSource := s.place(f, corpus.SourceSide)
			_, onTarget := s.place(f, corpus.TargetSide)
			if !f.Undone && s.FlagStatus(f) == corpus.FlagOpen && !onSource && !onTarget {
				note(flagLine(f), "id", string(f.ID), "appliesTo", "target", "category", "flag", "priority", flagPriority(f))
			}
		}
	}
	if open {
		x.close("notes")
	}
}

// flagLine says a flag in a line: type, severity, and what it is about.
func flagLine(f corpus.Flag) string {
	line := f.Category.MQM() + ", " + f.Severity.String()
	quote := f.Target.Quote
	if quote == "" {
		quote = f.Source.Quote
	}
	if quote != "" {
		line += ": “" + layout.Show(quote) + "”"
	}
	if f.Note != "" {
		line += " – " + f.Note
	}
	return line
}

// flagPriority is a note's priority, from 1, the most urgent, to 10.
func flagPriority(f corpus.Flag) string {
	return [...]string{corpus.Neutral: "9", corpus.Minor: "5", corpus.Major: "2", corpus.Critical: "1"}[min(f.Severity, corpus.Critical)]
}
