package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter"
)

// batchRow is a line of the file that segment --batch reads. Other fields are
// ignored.
type batchRow struct {
	ID   json.RawMessage `json:"id"`
	Lang string          `json:"lang"`
	Text *string         `json:"text"`
}

// segmentBatch cuts the texts of a file of JSON lines. It holds one line at a
// time, and hands out what it has whenever it waits for more. The first line
// that cannot be read ends it.
func (a *app) segmentBatch(ctx context.Context, name string) (err error) {
	lines, err := a.openLines(name)
	if err != nil {
		return err
	}
	defer lines.Close()
	out := bufio.NewWriterSize(a.Out, 1<<16)
	defer func() { err = errors.Join(err, out.Flush()) }()
	var spans []segmenter.Span
	var buf []byte
	for ctx.Err() == nil {
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var row batchRow
		if err := json.Unmarshal(line, &row); err != nil {
			return lines.refuse(corpus.Invalid, "%s", jsonReason(err))
		}
		if row.Text == nil {
			return lines.refuse(corpus.Invalid, `no field "text"`)
		}
		spans = profileFor(row.Lang, *row.Text).AppendSpans(spans[:0], *row.Text, segmenter.DecideLineEnds(*row.Text))
		buf = appendSpans(buf[:0], row.ID, spans)
		if _, err := out.Write(buf); err != nil {
			return err
		}
		if lines.waits() {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// appendSpans appends a line of output.
func appendSpans(b []byte, id json.RawMessage, spans []segmenter.Span) []byte {
	if len(id) == 0 {
		id = json.RawMessage("null")
	}
	b = append(append(b, `{"id":`...), id...)
	b = append(b, `,"spans":[`...)
	for i, s := range spans {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), int64(s.Start), 10)
		b = strconv.AppendInt(append(b, ','), int64(s.End), 10)
		b = append(b, ']')
	}
	return append(b, "]}\n"...)
}

// profileFor returns the rules for a language as a program names it. One that
// is not known, or has no script we know, gives way to the script of the text.
func profileFor(lang, text string) *segmenter.Profile {
	tag, err := language.Parse(lang)
	if _, known := tag.Script(); err != nil || lang == "" || known == language.No {
		tag = segmenter.Detect(text)
	}
	return segmenter.For(tag)
}

// jsonReason says in words why a line is not what was expected.
func jsonReason(err error) string {
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) {
		if typed.Field == "" {
			return "this is a JSON " + typed.Value + ", not an object"
		}
		return `the field "` + typed.Field + `" is a JSON ` + typed.Value + ", not a " + typed.Type.String()
	}
	return "not JSON: " + err.Error()
}
