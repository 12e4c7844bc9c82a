package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// textFile is a file as the verbs that open no database read it.
type textFile struct {
	name   string
	doc    *layout.Document
	places *places

	encoding charset.Encoding // of the file; doc is over its text in UTF-8
}

// textOptions are the flags that say how files are read.
type textOptions struct{ format, lines, encoding string }

// textFlags adds --format and --lines to a command.
func textFlags(cmd *cobra.Command) *textOptions {
	var o textOptions
	cmd.Flags().StringVar(&o.format, "format", "", "markdown or text (default: by the file's name; standard input is text)")
	cmd.Flags().StringVar(&o.lines, "lines", "", "plain text: soft or hard line ends (default: decided by the file)")
	cmd.Flags().StringVar(&o.encoding, "encoding", "", encodingHelp)
	return &o
}

const encodingHelp = "Markdown and plain text: utf-8, gb18030, big5, utf-16le, utf-16be or windows-1252 (default: found by the bytes)"

// parseEncoding reads --encoding; "" where it was not given.
func parseEncoding(s string) (charset.Encoding, error) {
	if s == "" {
		return "", nil
	}
	e, err := charset.Parse(s)
	if err != nil {
		return "", usagef("--encoding: %w", err)
	}
	return e, nil
}

func (o textOptions) check() error {
	if o.lines != "" && o.lines != string(exchange.LinesSoft) && o.lines != string(exchange.LinesHard) {
		return usagef("--lines is soft or hard")
	}
	if o.format != "" {
		if _, err := exchange.ByID(o.format); err != nil {
			return usagef("--format %s: choose markdown or text", o.format)
		}
	}
	return nil
}

// readText reads a file, or standard input for "-", and says on standard error
// what in it could not be read as usual.
func (a *app) readText(name string, o textOptions) (*textFile, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	format, err := formatOf(name, o.format)
	if err != nil {
		return nil, err
	}
	raw, err := a.readRaw(name)
	if err != nil {
		return nil, err
	}
	said, err := parseEncoding(o.encoding)
	if err != nil {
		return nil, err
	}
	options := format.Resolved(raw, exchange.Options{Lines: exchange.Lines(o.lines), Encoding: said})
	doc, err := format.Read(name, raw, options)
	if err != nil {
		return nil, err
	}
	if words := workflow.EncodingWords(format.DetectEncoding(raw)); words != "" && said == "" {
		fmt.Fprintf(a.Err, "%s:1: %s\n", name, words)
	}
	f := &textFile{name: name, doc: doc, places: newPlaces(doc.Raw), encoding: options.Encoding}
	for _, n := range doc.Notices {
		line, _ := f.places.lineColumn(n.Span.Start)
		fmt.Fprintf(a.Err, "%s:%d: %s\n", name, line, n.Reason)
	}
	return f, nil
}

// readRaw reads the bytes of a file that is not too large to be one of ours.
func (a *app) readRaw(name string) ([]byte, error) {
	if name == "-" {
		return a.readFile(name)
	}
	switch info, err := os.Stat(name); {
	case err != nil:
		return nil, &corpus.Error{Kind: corpus.Invalid, Msg: name + ":1: cannot be read", Err: err}
	case info.IsDir():
		return nil, corpus.Errorf(corpus.Invalid, "%s:1: this is a folder", name)
	case info.Size() > exchange.MaxSize:
		return nil, corpus.Errorf(corpus.TooLarge, "%s:1: %d bytes; files of up to %d bytes are read", name, info.Size(), exchange.MaxSize)
	}
	return a.readFile(name)
}

func formatOf(name, id string) (exchange.Format, error) {
	switch {
	case id != "":
		return exchange.ByID(id)
	case name == "-":
		return exchange.ByID("text")
	}
	f, err := exchange.ByName(name)
	if err != nil {
		return f, fmt.Errorf("%w; say --format markdown or text", err)
	}
	return f, nil
}

// oneStdin refuses two files that are both standard input.
func oneStdin(first, second string) error {
	if first == "-" && second == "-" {
		return usagef("standard input can be read once; give one of the files by name")
	}
	return nil
}

// oneLanguage reads the language of a single text; none means by its script.
func oneLanguage(s string) (language.Tag, error) {
	if s == "" {
		return language.Und, nil
	}
	tag, err := language.Parse(s)
	if err != nil {
		return tag, usagef("language %q: %w", s, err)
	}
	return tag, nil
}
