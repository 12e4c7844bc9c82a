package exchange

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// jsonlSchema is the first field of the first line. Another number stands for
// another set of fields; the fields of one never change.
const jsonlSchema = "reviseur.segment/1"

// jsonlFormat is our own format, which loses nothing of a version of a document:
// its received files and all that people did to it. One JSON object a line: the
// document, its files, its snapshots, its units in reading order. Spans are in
// code points. People are named; ids of accounts mean nothing elsewhere.
//
// Units that were merged or split away, drafts and the log stay where they are.
func jsonlFormat() Format {
	return Format{
		ID: "jsonl", Title: "Reviseur JSON Lines", Extensions: []string{".jsonl"},
		claims: func(raw []byte) bool {
			head := bytes.TrimLeft(raw[:min(len(raw), 256)], " \t\r\n")
			return bytes.HasPrefix(head, []byte(`{"schema":"reviseur.segment/`))
		},
		write:   writeJSONL,
		restore: restoreJSONL,
	}
}

// The lines of the file. Fields that say nothing are left out.
type (
	jsonHeader struct {
		Schema   string       `json:"schema"`
		Unit     string       `json:"unit"` // of spans
		Project  jsonProject  `json:"project"`
		Document jsonDocument `json:"document"`
		Version  jsonVersion  `json:"version"`
		People   []jsonPerson `json:"people"`
		Units    int          `json:"units"`
	}
	jsonProject struct {
		Name   string `json:"name"`
		Source string `json:"source"`
		Target string `json:"target"`
	}
	jsonDocument struct {
		ID      corpus.DocumentID `json:"id"`
		Name    string            `json:"name"`
		Format  string            `json:"format"`
		Created time.Time         `json:"created"`
	}
	jsonVersion struct {
		ID      corpus.VersionID `json:"id"`
		Number  int              `json:"number"`
		Engine  string           `json:"engine,omitempty"`
		Label   string           `json:"label,omitempty"`
		Created time.Time        `json:"created"`
		By      string           `json:"by"`
	}
	jsonPerson struct {
		Name     string `json:"name"`
		Full     string `json:"full,omitempty"`
		Function string `json:"function,omitempty"`
	}
	jsonFile struct {
		File     string  `json:"file"` // source, target, or both
		Name     string  `json:"name"`
		Hash     string  `json:"sha256"`
		Hard     bool    `json:"hard,omitempty"`
		Encoding string  `json:"encoding,omitempty"` // where it is not UTF-8
		Text     *string `json:"text,omitempty"`
		Base64   []byte  `json:"base64,omitempty"` // of a file that is not UTF-8
	}
	jsonSnapshot struct {
		Snapshot   corpus.SnapshotID  `json:"snapshot"`
		Name       string             `json:"name"`
		Release    bool               `json:"release,omitempty"`
		Target     string             `json:"target"`
		Against    string             `json:"against"`
		Changed    int                `json:"changed"`
		Exceptions []corpus.Exception `json:"exceptions,omitempty"`
		By         string             `json:"by"`
		Created    time.Time          `json:"created"`
		Standings  []jsonStanding     `json:"standings"`
		Text       *string            `json:"text,omitempty"`
		Base64     []byte             `json:"base64,omitempty"`
	}
	jsonStanding struct {
		Unit     corpus.UnitID     `json:"unit"`
		Revision corpus.RevisionID `json:"revision"`
		State    string            `json:"state"`
	}
	jsonDismissal struct {
		Dismissal string        `json:"dismissal"` // key of the finding
		Unit      corpus.UnitID `json:"unit,omitempty"`
		Check     string        `json:"check"`
		By        string        `json:"by"`
		Reason    string        `json:"reason"`
		Created   time.Time     `json:"created"`
	}
	jsonUnit struct {
		ID        corpus.UnitID       `json:"id"`
		Position  int64               `json:"position"`
		State     string              `json:"state"` // for readers; it follows from the rest
		Source    []jsonSegment       `json:"source,omitempty"`
		Target    []jsonSegment       `json:"target,omitempty"`
		Text      jsonText            `json:"text"`
		Bead      corpus.Bead         `json:"bead"`
		Revisions []jsonRevision      `json:"revisions"`
		Proposals []jsonProposal      `json:"proposals,omitempty"`
		Decisions []jsonDecision      `json:"decisions,omitempty"`
		Flags     []jsonFlag          `json:"flags,omitempty"`
		Comments  []jsonComment       `json:"comments,omitempty"`
		Findings  []jsonFinding       `json:"findings,omitempty"`
		Released  []corpus.RevisionID `json:"released,omitempty"`
	}
	jsonSegment struct {
		Block  int         `json:"block"` // of the file, from 0
		Span   [2]int      `json:"span"`  // of the block's text
		Kind   string      `json:"kind"`
		Level  int         `json:"level,omitempty"`
		Markup []jsonToken `json:"markup,omitempty"` // for readers: what the placeholders stand for
		Base64 []byte      `json:"base64,omitempty"` // the bytes of a segment that are not UTF-8
	}
	jsonToken struct {
		Shown string `json:"shown"`
		Kind  string `json:"kind"`
		Raw   string `json:"raw"`
	}
	jsonText struct {
		Source string `json:"source"`
		Target string `json:"target"`
	}
	jsonRevision struct {
		ID          corpus.RevisionID `json:"id"`
		Number      int               `json:"number"`
		Text        string            `json:"text"`
		Author      string            `json:"author,omitempty"`
		Hands       []string          `json:"hands,omitempty"`
		Origin      corpus.Origin     `json:"origin"`
		Base        corpus.RevisionID `json:"base,omitempty"`
		From        corpus.RevisionID `json:"from,omitempty"`
		Place       corpus.Place      `json:"place,omitempty"`
		Note        string            `json:"note,omitempty"`
		Instruction string            `json:"instruction,omitempty"`
		Bad         bool              `json:"bad,omitempty"`
		Reason      string            `json:"reason,omitempty"`
		Created     time.Time         `json:"created"`
		Undone      bool              `json:"undone,omitempty"`
	}
	jsonProposal struct {
		ID       corpus.ProposalID `json:"id"`
		Revision corpus.RevisionID `json:"revision"`
		By       string            `json:"by"`
		NoChange bool              `json:"no_change,omitempty"`
		Created  time.Time         `json:"created"`
		Undone   bool              `json:"undone,omitempty"`
	}
	jsonDecision struct {
		ID        corpus.DecisionID `json:"id"`
		Verb      corpus.Verb       `json:"verb"`
		Revision  corpus.RevisionID `json:"revision,omitempty"`
		Proposal  corpus.ProposalID `json:"proposal,omitempty"`
		Flag      corpus.FlagID     `json:"flag,omitempty"`
		By        string            `json:"by"`
		Name      string            `json:"name"`
		Function  string            `json:"function,omitempty"`
		Reason    string            `json:"reason,omitempty"`
		Created   time.Time         `json:"created"`
		Batch     corpus.EventID    `json:"batch,omitempty"`
		Size      int               `json:"size"`
		Hash      string            `json:"hash,omitempty"`
		NoSource  bool              `json:"no_source,omitempty"`
		OnePerson bool              `json:"one_person,omitempty"`
		Rests     corpus.DecisionID `json:"rests,omitempty"`
		Undone    bool              `json:"undone,omitempty"`
	}
	jsonFlag struct {
		ID       corpus.FlagID     `json:"id"`
		Revision corpus.RevisionID `json:"revision"`
		By       string            `json:"by"`
		Source   *jsonMark         `json:"source,omitempty"`
		Target   *jsonMark         `json:"target,omitempty"`
		Category corpus.Category   `json:"category"`
		MQM      string            `json:"mqm"` // for readers; it follows from the category
		Severity string            `json:"severity"`
		Note     string            `json:"note,omitempty"`
		Check    string            `json:"check,omitempty"`
		Created  time.Time         `json:"created"`
		Undone   bool              `json:"undone,omitempty"`
	}
	jsonMark struct {
		Span  [2]int `json:"span"`
		Quote string `json:"quote"`
	}
	jsonComment struct {
		ID      corpus.CommentID `json:"id"`
		By      string           `json:"by"`
		Text    string           `json:"text"`
		Answers corpus.CommentID `json:"answers,omitempty"`
		Created time.Time        `json:"created"`
		Undone  bool             `json:"undone,omitempty"`
	}
	jsonFinding struct {
		Check    string          `json:"check"`
		Category corpus.Category `json:"category"`
		Severity string          `json:"severity"`
		Message  string          `json:"message"`
		Args     []string        `json:"args,omitempty"`
		Source   [][2]int        `json:"source,omitempty"`
		Target   [][2]int        `json:"target,omitempty"`
		Fix      *jsonFix        `json:"fix,omitempty"`
		Key      string          `json:"key"`
	}
	jsonFix struct {
		Span [2]int `json:"span"`
		Text string `json:"text"`
	}
)

// writeJSONL writes a review, whole.
func writeJSONL(w io.Writer, r *Review) error {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	j := &jsonWriter{Encoder: e, review: r}
	if err := j.write(); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

type jsonWriter struct {
	*json.Encoder
	review *Review
}

func (j *jsonWriter) write() error {
	r := j.review
	h := jsonHeader{
		Schema: jsonlSchema, Unit: "code points", Project: jsonProject{r.Project.Name, r.Project.Source.String(), r.Project.Target.String()},
		Document: jsonDocument{r.Document.ID, r.Document.Name, r.Document.Format, r.Document.Created},
		Version:  jsonVersion{r.Version.ID, r.Version.Number, r.Version.Engine, r.Version.Label, r.Version.Created, r.userName(r.Version.By)},
		People:   []jsonPerson{}, Units: len(r.Units),
	}
	for _, u := range r.people() {
		h.People = append(h.People, jsonPerson{u.Name, u.Full, u.Function})
	}
	if err := j.Encode(h); err != nil {
		return err
	}
	if err := j.files(); err != nil {
		return err
	}
	for _, s := range r.Snapshots {
		if err := j.Encode(j.snapshot(s)); err != nil {
			return err
		}
	}
	for _, x := range r.Dismissals {
		if err := j.Encode(jsonDismissal{x.Key, x.Unit, x.Check, r.userName(x.By), x.Reason, x.Created}); err != nil {
			return err
		}
	}
	for i := range r.Units {
		if err := j.Encode(j.unit(&r.Units[i])); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonWriter) files() error {
	v := j.review.Version
	if v.Source.Present() && v.Source == v.Target {
		return j.file("both", v.Target, j.review.TargetData)
	}
	if err := j.file("source", v.Source, j.review.SourceData); err != nil {
		return err
	}
	return j.file("target", v.Target, j.review.TargetData)
}

func (j *jsonWriter) file(side string, f corpus.File, data []byte) error {
	if !f.Present() {
		return nil
	}
	if data == nil {
		return corpus.Errorf(corpus.Internal, "the review lacks the bytes of %s", f.Name)
	}
	out := jsonFile{File: side, Name: f.Name, Hash: f.Hash, Hard: f.Hard, Encoding: f.Encoding}
	out.Text, out.Base64 = jsonBytes(data)
	return j.Encode(out)
}

// jsonBytes returns bytes as text if they are UTF-8, which JSON can hold, else
// as they are, to be written in base64.
func jsonBytes(data []byte) (*string, []byte) {
	if !utf8.Valid(data) {
		return nil, data
	}
	s := string(data)
	return &s, nil
}

func (j *jsonWriter) snapshot(s Snapshot) jsonSnapshot {
	out := jsonSnapshot{
		Snapshot: s.ID, Name: s.Name, Release: s.Release, Target: s.Target, Against: s.Against, Changed: s.Changed, Exceptions: s.Exceptions,
		By: j.review.userName(s.By), Created: s.Created, Standings: []jsonStanding{},
	}
	for _, st := range s.Standings {
		out.Standings = append(out.Standings, jsonStanding{st.Unit, st.Revision, st.State.String()})
	}
	if s.Data != nil {
		out.Text, out.Base64 = jsonBytes(s.Data)
	}
	return out
}

func (j *jsonWriter) unit(u *ReviewUnit) jsonUnit {
	name := j.review.userName
	out := jsonUnit{
		ID: u.Unit.ID, Position: u.Unit.Position, State: u.State().String(), Source: jsonSegments(j.review.Source, u.Unit.Source), Target: jsonSegments(j.review.Target, u.Unit.Target),
		Text: jsonText(u.Unit.Text), Bead: u.Unit.Bead, Released: u.Released,
	}
	texts := map[corpus.RevisionID]string{}
	for _, r := range u.Revisions {
		texts[r.ID] = r.Text
		rev := jsonRevision{
			ID: r.ID, Number: r.Number, Text: r.Text, Author: name(r.Author), Origin: r.Origin, Base: r.Base, From: r.From, Place: r.Place, Note: r.Note, Instruction: r.Instruction,
			Bad: r.Verdict.Bad, Reason: r.Verdict.Reason, Created: r.Created, Undone: r.Undone,
		}
		for _, h := range r.Hands {
			rev.Hands = append(rev.Hands, name(h))
		}
		out.Revisions = append(out.Revisions, rev)
	}
	for _, p := range u.Proposals {
		out.Proposals = append(out.Proposals, jsonProposal{p.ID, p.Revision, name(p.By), p.NoChange, p.Created, p.Undone})
	}
	for _, d := range u.Decisions {
		out.Decisions = append(out.Decisions, jsonDecision{
			d.ID, d.Verb, d.Revision, d.Proposal, d.Flag, name(d.By), d.Name, d.Function, d.Reason, d.Created, d.Batch, d.Size, d.Hash, d.NoSource, d.OnePerson, d.Rests, d.Undone,
		})
	}
	for _, f := range u.Flags {
		out.Flags = append(out.Flags, jsonFlag{
			f.ID, f.Revision, name(f.By), jsonMarkOf(u.Unit.Text.Source, f.Source), jsonMarkOf(texts[f.Revision], f.Target),
			f.Category, f.Category.MQM(), f.Severity.String(), f.Note, f.Check, f.Created, f.Undone,
		})
	}
	for _, c := range u.Comments {
		out.Comments = append(out.Comments, jsonComment{c.ID, name(c.By), c.Text, c.Answers, c.Created, c.Undone})
	}
	latest := u.Latest().Text
	for _, f := range u.Findings {
		finding := jsonFinding{Check: f.Check, Category: f.Category, Severity: f.Severity.String(), Message: f.Message, Args: f.Args, Key: f.Key}
		for _, s := range f.Source {
			finding.Source = append(finding.Source, runeSpan(u.Unit.Text.Source, s))
		}
		for _, s := range f.Target {
			finding.Target = append(finding.Target, runeSpan(latest, s))
		}
		if f.Fix != nil {
			finding.Fix = &jsonFix{runeSpan(latest, f.Fix.Span), f.Fix.Text}
		}
		out.Findings = append(out.Findings, finding)
	}
	return out
}

func jsonSegments(doc *layout.Document, segments []corpus.Segment) []jsonSegment {
	var list []jsonSegment
	var at cursor
	for _, s := range segments {
		out := jsonSegment{Block: s.Block, Kind: s.Kind, Level: s.Level}
		if doc != nil && s.Block < len(doc.Blocks) {
			b := &doc.Blocks[s.Block]
			out.Span = at.of(b.Text).runes(s.Span)
			for _, t := range b.Tokens {
				if r := string(layout.Placeholder(t)); strings.Contains(b.Text[s.Span.Start:s.Span.End], r) && utf8.ValidString(t.Raw) {
					out.Markup = append(out.Markup, jsonToken{layout.Show(r), t.Kind.String(), t.Raw})
				}
			}
			if raw := doc.Raw[s.Envelope.Start:s.Envelope.End]; !utf8.Valid(raw) {
				out.Base64 = raw
			}
		}
		list = append(list, out)
	}
	return list
}

func jsonMarkOf(text string, m corpus.Mark) *jsonMark {
	if !m.Present() {
		return nil
	}
	return &jsonMark{runeSpan(text, m.Span), m.Quote}
}

// decodeBytes is the reverse of jsonBytes.
func decodeBytes(text *string, data []byte) []byte {
	if text != nil {
		return []byte(*text)
	}
	return data
}
