package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// lineReader reads a file of JSON lines, one at a time, however long the file.
type lineReader struct {
	name   string
	number int // of the line read last, from 1
	size   int // of the file, in bytes; 0 where it is not known
	in     *bufio.Reader
	line   []byte
	closer io.Closer
}

// openLines opens a file of JSON lines, or standard input for "-".
func (a *app) openLines(name string) (*lineReader, error) {
	if name == "-" {
		return &lineReader{name: name, in: bufio.NewReaderSize(a.In, 1<<16), closer: io.NopCloser(a.In)}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &corpus.Error{Kind: corpus.Invalid, Msg: name + ":1: cannot be read", Err: err}
	}
	r := &lineReader{name: name, in: bufio.NewReaderSize(f, 1<<16), closer: f}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		r.size = int(info.Size())
	}
	return r, nil
}

func (r *lineReader) Close() error { return r.closer.Close() }

// next returns the next line that is not blank, without its line end; at the
// end of the file io.EOF. The line is valid until the next call.
func (r *lineReader) next() ([]byte, error) {
	for {
		line, err := r.read()
		if err != nil {
			return nil, err
		}
		if r.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if !utf8.Valid(line) {
			return nil, r.refuse(corpus.Invalid, "not UTF-8")
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return line, nil
		}
	}
}

func (r *lineReader) read() ([]byte, error) {
	r.line = r.line[:0]
	r.number++
	for {
		part, err := r.in.ReadSlice('\n')
		r.line = append(r.line, part...)
		switch {
		case err == nil, errors.Is(err, io.EOF) && len(r.line) > 0:
			return r.line, nil
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, &corpus.Error{Kind: corpus.Invalid, Msg: fmt.Sprintf("%s:%d: cannot be read", r.name, r.number), Err: err}
		case len(r.line) > exchange.MaxSize:
			return nil, r.refuse(corpus.TooLarge, "the line is longer than %d bytes", exchange.MaxSize)
		}
	}
}

// waits reports whether the next line has yet to come in: time to hand out
// what is done.
func (r *lineReader) waits() bool { return r.in.Buffered() == 0 }

// refuse returns the error for the line read last, as FILE:LINE: reason.
func (r *lineReader) refuse(kind corpus.Kind, format string, args ...any) error {
	return corpus.Errorf(kind, "%s:%d: %s", r.name, r.number, fmt.Sprintf(format, args...))
}
