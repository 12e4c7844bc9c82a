package exchange

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// restoreXLIFF21 reads back what writeXLIFF21 wrote. A target that reads
// otherwise than the wording it was written for becomes a new revision of origin
// import that waits for approval; a quality issue that the metadata does not
// know becomes a flag. Both have no author: whoever takes the file answers for
// them. Of another program's file each segment is a unit with its target as the
// machine's wording, and its matches as further ones.
//
// The units have no places in the files; their segments say kinds alone.
func restoreXLIFF21(name string, raw []byte) (*Review, error) {
	x, err := parseXLIFF(name, raw, xliff20)
	if err != nil {
		return nil, err
	}
	r := &restorer{xliffRead: x, review: &Review{People: map[corpus.UserID]corpus.User{}}}
	if r.review.Project.Source, err = language.Parse(x.sourceLang); err != nil {
		return nil, x.refuse(x.root.start, "srcLang is %q, which this program does not know", x.sourceLang)
	}
	if x.target != "" {
		if r.review.Project.Target, err = language.Parse(x.target); err != nil {
			return nil, x.refuse(x.root.start, "trgLang is %q, which this program does not know", x.target)
		}
	}
	for _, f := range x.root.children(xliff20, "file") {
		r.file(f)
	}
	for _, u := range x.units {
		if err := r.unit(u); err != nil {
			return nil, err
		}
	}
	return r.review, nil
}

type restorer struct {
	*xliffRead
	review *Review
}

// meta is one group of metadata: its category, and the values by type.
type meta struct {
	category string
	element  *xmlElement
	values   map[string]string
}

func (m meta) get(name string) string { return m.values[name] }

func (m meta) number(name string) int {
	n, _ := strconv.Atoi(m.values[name])
	return n
}

func (m meta) float(name string) float64 {
	f, _ := strconv.ParseFloat(m.values[name], 64)
	return f
}

func (m meta) time(name string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, m.values[name])
	return t.UTC()
}

func (m meta) yes(name string) bool { return m.values[name] == "yes" }

// metadata returns the groups of an element in file order.
func metadata(e *xmlElement) []meta {
	var list []meta
	for _, all := range e.children(nsMda, "metadata") {
		for _, g := range all.children(nsMda, "metaGroup") {
			m := meta{category: g.attr("category"), element: g, values: map[string]string{}}
			for _, v := range g.children(nsMda, "meta") {
				m.values[v.attr("type")] = v.text()
			}
			list = append(list, m)
		}
	}
	return list
}

func (r *restorer) file(f *xmlElement) {
	d, v := &r.review.Document, &r.review.Version
	if d.Name == "" {
		d.Name = f.attr("original")
	}
	for _, m := range metadata(f) {
		switch m.category {
		case "document":
			d.ID, d.Name, d.Format, d.Created = corpus.DocumentID(m.get("id")), m.get("name"), m.get("format"), m.time("created")
		case "version":
			v.ID, v.Number, v.Engine, v.Label, v.Created = corpus.VersionID(m.get("id")), m.number("number"), m.get("engine"), m.get("label"), m.time("created")
			v.By = r.user(m.get("by"))
		case "source-file":
			v.Source = fileOf(m)
		case "target-file":
			v.Target = fileOf(m)
		case "person":
			u := corpus.User{ID: corpus.UserID(m.get("name")), Name: m.get("name"), Full: m.get("full"), Function: m.get("function")}
			r.review.People[u.ID] = u
		}
	}
	d.Current, v.Document, v.Ready = v.ID, d.ID, true
}

func fileOf(m meta) corpus.File {
	size, _ := strconv.ParseInt(m.get("size"), 10, 64)
	return corpus.File{Name: m.get("name"), Hash: m.get("sha256"), Size: size, Hard: m.yes("hard"), Encoding: m.get("encoding")}
}

// user returns the id of a person, which in a file is the name.
func (r *restorer) user(name string) corpus.UserID { return corpus.UserID(name) }

func (r *restorer) unit(u xliffUnit) error {
	groups := metadata(u.element)
	matches := map[string]*xmlElement{}
	for _, list := range u.element.children(nsMtc, "matches") {
		for _, m := range list.children(nsMtc, "match") {
			matches[m.attr("id")] = m
		}
	}
	issues := map[string][]*xmlElement{}
	for _, list := range u.element.children(nsIts, "locQualityIssues") {
		id, _ := list.lookup(xmlNamespace, "id")
		issues[id] = list.children(nsIts, "locQualityIssue")
	}
	comments := map[string]string{}
	for _, list := range u.element.children(xliff20, "notes") {
		for _, n := range list.children(xliff20, "note") {
			comments[n.attr("id")] = n.text()
		}
	}
	for i, s := range u.segments {
		b := &unitRestorer{restorer: r, matches: matches, issues: issues, comments: comments}
		b.id = s.source.parent.attr("id")
		if b.id == "" {
			b.id = u.element.attr("id") + "." + strconv.Itoa(i+1)
		}
		unit, err := b.restore(u, s, groups)
		if err != nil {
			return err
		}
		r.review.Units = append(r.review.Units, unit)
	}
	return nil
}

// unitRestorer reads one unit of review.
type unitRestorer struct {
	*restorer
	id       string
	matches  map[string]*xmlElement
	issues   map[string][]*xmlElement
	comments map[string]string
	out      ReviewUnit
	current  corpus.RevisionID
}

func (b *unitRestorer) restore(u xliffUnit, s xliffSegment, groups []meta) (ReviewUnit, error) {
	out := &b.out
	source, target := readXLIFFText(s.source), readXLIFFText(s.target)
	out.Unit = corpus.Unit{ID: corpus.UnitID(b.id), Document: b.review.Document.ID, Version: b.review.Version.ID, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	out.Unit.Text.Source = source.text.String()
	seen := false
	for _, m := range groups {
		if m.get("segment") != b.id {
			continue
		}
		seen = true
		if err := b.group(m); err != nil {
			return *out, err
		}
	}
	if !seen {
		b.foreign(u, s, target)
	}
	if zero := out.Machine(); zero.ID != "" {
		out.Unit.Text.Target = zero.Text
	}
	if seen && s.target != nil {
		b.changed(target.text.String())
	}
	b.marks(source, corpus.SourceSide)
	b.marks(target, corpus.TargetSide)
	out.Record.Comments = len(out.Comments)
	out.Unit.Summary = out.Summarize()
	return *out, nil
}

// group reads one group of metadata of the unit.
func (b *unitRestorer) group(m meta) error {
	out, unit := &b.out, corpus.UnitID(b.id)
	switch m.category {
	case "segment":
		out.Unit.Position, _ = strconv.ParseInt(m.get("position"), 10, 64)
		source, target, _ := strings.Cut(m.get("kinds"), "|")
		out.Unit.Source, out.Unit.Target = kindsRead(source), kindsRead(target)
		out.Unit.Bead = corpus.Bead{Status: corpus.BeadStatus(m.get("bead")), Score: m.float("bead-score"), Margin: m.float("bead-margin"), Reasons: linesOf(m.get("bead-reasons"))}
	case "revision":
		rev := corpus.Revision{
			ID: corpus.RevisionID(m.get("id")), Unit: unit, Number: m.number("number"), Author: b.user(m.get("author")), Origin: corpus.Origin(m.get("origin")),
			Base: corpus.RevisionID(m.get("base")), From: corpus.RevisionID(m.get("from")), Place: corpus.Place(m.get("place")), Note: m.get("note"), Instruction: m.get("instruction"), Created: m.time("created"),
		}
		for _, h := range linesOf(m.get("hands")) {
			rev.Hands = append(rev.Hands, b.user(h))
		}
		if reason := m.get("cannot-be-written"); reason != "" {
			rev.Verdict = corpus.Verdict{Bad: true, Reason: reason}
		}
		match := b.matches[m.get("id")]
		if match == nil {
			return b.refuse(m.element.start, "the wording %q of the segment %q has no match that holds its text", m.get("id"), b.id)
		}
		rev.Text = readXLIFFText(match.child(xliff20, "target")).text.String()
		if m.yes("released") {
			out.Released = append(out.Released, rev.ID)
		}
		if m.yes("current") {
			b.current = rev.ID
		}
		out.Revisions = append(out.Revisions, rev)
	case "proposal":
		out.Proposals = append(out.Proposals, corpus.Proposal{
			ID: corpus.ProposalID(m.get("id")), Unit: unit, Revision: corpus.RevisionID(m.get("revision")), By: b.user(m.get("by")), NoChange: m.yes("no-change"), Created: m.time("created"),
		})
	case "decision":
		out.Decisions = append(out.Decisions, corpus.Decision{
			ID: corpus.DecisionID(m.get("id")), Unit: unit, Verb: corpus.Verb(m.get("verb")), Revision: corpus.RevisionID(m.get("revision")), Proposal: corpus.ProposalID(m.get("proposal")),
			Flag: corpus.FlagID(m.get("flag")), By: b.user(m.get("by")), Name: m.get("name"), Function: m.get("function"), Reason: m.get("reason"), Created: m.time("created"),
			Batch: corpus.EventID(m.get("batch")), Size: m.number("size"), Hash: m.get("hash"), NoSource: m.yes("no-source"), OnePerson: m.yes("one-person"), Rests: corpus.DecisionID(m.get("rests")),
		})
	case "flag":
		return b.flag(m)
	case "comment":
		out.Comments = append(out.Comments, corpus.Comment{
			ID: corpus.CommentID(m.get("id")), Unit: unit, By: b.user(m.get("by")), Text: b.comments[m.get("id")], Answers: corpus.CommentID(m.get("answers")), Created: m.time("created"),
		})
	}
	return nil
}

func (b *unitRestorer) flag(m meta) error {
	f := corpus.Flag{
		ID: corpus.FlagID(m.get("id")), Unit: corpus.UnitID(b.id), Revision: corpus.RevisionID(m.get("revision")), By: b.user(m.get("by")), Note: m.get("note"), Check: m.get("check"), Created: m.time("created"),
	}
	var err error
	if f.Category, err = corpus.ParseCategory(m.get("category")); err == nil {
		f.Severity, err = corpus.ParseSeverity(m.get("mqm-severity"))
	}
	if err != nil {
		return b.refuse(m.element.start, "%s", corpus.Message(err))
	}
	rev, _ := b.out.Revision(f.Revision)
	f.Source = markRead(b.out.Unit.Text.Source, m.get("span-source"), m.get("quote-source"))
	f.Target = markRead(rev.Text, m.get("span-target"), m.get("quote-target"))
	b.out.Flags = append(b.out.Flags, f)
	return nil
}

// markRead turns "start:end" in code points of a text into a mark.
func markRead(text, span, quote string) corpus.Mark {
	m := corpus.Mark{Quote: quote}
	from, to, ok := strings.Cut(span, ":")
	start, err1 := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if ok && err1 == nil && err2 == nil {
		m.Span = byteSpan(text, start, end)
	}
	return m
}

func linesOf(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// kindsRead makes segments of the kinds that kindsOf wrote.
func kindsRead(words string) []corpus.Segment {
	var list []corpus.Segment
	for _, w := range strings.Fields(words) {
		if w == "-" {
			continue
		}
		kind, level := xliffKind(w)
		list = append(list, corpus.Segment{Kind: kind.String(), Level: level})
	}
	return list
}

// foreign makes a unit of a segment that this program did not write.
func (b *unitRestorer) foreign(u xliffUnit, s xliffSegment, target *xliffText) {
	out := &b.out
	out.Unit.Source = []corpus.Segment{{Kind: u.kind.String(), Level: u.level}}
	zero := corpus.Revision{ID: corpus.RevisionID(b.id + ".0"), Unit: out.Unit.ID, Text: target.text.String(), Origin: corpus.FromMachine}
	if s.target != nil {
		out.Unit.Target = []corpus.Segment{{Kind: u.kind.String(), Level: u.level}}
	}
	out.Revisions = append(out.Revisions, zero)
	var ids []string
	for id, m := range b.matches {
		if ref := strings.TrimPrefix(m.attr("ref"), "#"); ref == b.id {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		text := readXLIFFText(b.matches[id].child(xliff20, "target")).text.String()
		if text == zero.Text {
			continue
		}
		rev := corpus.Revision{ID: corpus.RevisionID(b.id + "." + id), Unit: out.Unit.ID, Number: len(out.Revisions), Text: text, Origin: corpus.FromImport, Base: zero.ID, Note: b.matches[id].attr("origin")}
		out.Revisions = append(out.Revisions, rev)
		if b.matches[id].attr("subType") == "rv:proposal" {
			out.Proposals = append(out.Proposals, corpus.Proposal{ID: corpus.ProposalID(rev.ID), Unit: out.Unit.ID, Revision: rev.ID})
		}
	}
	for id, text := range b.comments {
		out.Comments = append(out.Comments, corpus.Comment{ID: corpus.CommentID(b.id + "." + id), Unit: out.Unit.ID, Text: text})
	}
	slices.SortFunc(out.Comments, func(x, y corpus.Comment) int { return strings.Compare(string(x.ID), string(y.ID)) })
}

// changed adds the target's text as a proposal if it is not the wording that was
// written.
func (b *unitRestorer) changed(text string) {
	out := &b.out
	was, ok := out.Revision(b.current)
	if !ok || was.Text == text {
		return
	}
	last := out.Revisions[len(out.Revisions)-1].Number
	rev := corpus.Revision{ID: corpus.RevisionID(b.id + ".import"), Unit: out.Unit.ID, Number: last + 1, Text: text, Origin: corpus.FromImport, Base: was.ID}
	out.Revisions = append(out.Revisions, rev)
	out.Proposals = append(out.Proposals, corpus.Proposal{ID: corpus.ProposalID(rev.ID), Unit: out.Unit.ID, Revision: rev.ID})
}

// marks makes flags of the quality issues in a text that the metadata does not
// know.
func (b *unitRestorer) marks(t *xliffText, side corpus.Side) {
	text := t.text.String()
	for _, m := range t.marks {
		id := strings.TrimSuffix(m.element.attr("id"), markSuffix[side])
		known := slices.ContainsFunc(b.out.Flags, func(f corpus.Flag) bool { return string(f.ID) == id })
		if known || m.end <= m.start || !utf8.ValidString(text[m.start:m.end]) {
			continue
		}
		list := []issueValues{issueOf(m.element, nsIts)}
		if ref, ok := m.element.lookup(nsIts, "locQualityIssuesRef"); ok {
			list = nil
			for _, e := range b.issues[strings.TrimPrefix(ref, "#its=")] {
				list = append(list, issueOf(e, ""))
			}
		}
		for i, issue := range list {
			if issue.kind == "" && issue.comment == "" {
				continue
			}
			f := corpus.Flag{ID: corpus.FlagID(b.id + "." + id + "." + strconv.Itoa(i)), Unit: b.out.Unit.ID, Category: issue.category(), Severity: severityOfITS(issue.severity), Note: issue.comment}
			marked := corpus.Mark{Span: corpus.Span{Start: m.start, End: m.end}, Quote: text[m.start:m.end]}
			f.Revision = b.out.Machine().ID
			if side == corpus.SourceSide {
				f.Source = marked
			} else {
				f.Target = marked
				if n := len(b.out.Revisions); n > 0 && b.out.Revisions[n-1].Text == text {
					f.Revision = b.out.Revisions[n-1].ID
				} else if b.current != "" {
					f.Revision = b.current
				}
			}
			b.out.Flags = append(b.out.Flags, f)
		}
	}
}

// issueValues are the values of a quality issue.
type issueValues struct{ kind, comment, severity, profile string }

func issueOf(e *xmlElement, space string) issueValues {
	var v issueValues
	v.kind, _ = e.lookup(space, "locQualityIssueType")
	v.comment, _ = e.lookup(space, "locQualityIssueComment")
	v.severity, _ = e.lookup(space, "locQualityIssueSeverity")
	v.profile, _ = e.lookup(space, "locQualityIssueProfileRef")
	return v
}

// category is the category by the exact type where the profile is ours, else the
// nearest to the type.
func (v issueValues) category() corpus.Category {
	if mqm, ok := strings.CutPrefix(v.profile, mqmAddress); ok {
		for _, c := range corpus.Categories() {
			if c.MQM() == mqm {
				return c
			}
		}
	}
	return categoryOfITS(v.kind)
}
