package phrases

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// parse reads the entries of a file; errors are of kind Invalid and name its
// line.
func parse(name, data string) ([]*Entry, error) {
	subject := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".txt")
	var list []*Entry
	var e *Entry
	begun := 0
	finish := func() error {
		if e == nil {
			return nil
		}
		if what := e.lacks(); what != "" {
			return corpus.Errorf(corpus.Invalid, "%s:%d: the entry has no %s", name, begun, what)
		}
		list = append(list, e)
		e = nil
		return nil
	}
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			if err := finish(); err != nil {
				return nil, err
			}
			continue
		}
		if line[0] == '#' {
			continue
		}
		if e == nil {
			e, begun = &Entry{Subject: subject}, n
		}
		key, value, _ := strings.Cut(line, " ")
		if err := e.set(key, strings.TrimSpace(value)); err != nil {
			return nil, corpus.Errorf(corpus.Invalid, "%s:%d: %v", name, n, err)
		}
	}
	return list, finish()
}

// lacks names the first line that an entry needs and does not have.
func (e *Entry) lacks() string {
	switch {
	case e.ID == "":
		return "id"
	case len(e.Chinese) == 0:
		return "zh"
	case len(e.Good) == 0:
		return "good"
	case e.Category == "":
		return "kind"
	case e.NoteEN == "":
		return "en"
	case e.NoteZH == "":
		return "cn"
	}
	return ""
}

// set takes in one line.
func (e *Entry) set(key, value string) error {
	if value == "" {
		return corpus.Errorf(corpus.Invalid, "%q has no value", key)
	}
	texts := map[string]*string{"id": &e.ID, "scope": &e.Scope, "en": &e.NoteEN, "cn": &e.NoteZH}
	if into, ok := texts[key]; ok {
		if *into != "" {
			return corpus.Errorf(corpus.Invalid, "%s stands twice", key)
		}
		*into = value
		switch {
		case key == "id" && strings.Trim(value, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
			return corpus.Errorf(corpus.Invalid, "%q is no id: small letters, digits and hyphens", value)
		case key == "scope" && !slices.Contains([]string{"prc", "tw", "hk"}, value):
			return corpus.Errorf(corpus.Invalid, "%q is no scope: prc, tw or hk", value)
		}
		return nil
	}
	if key == "kind" {
		return e.setKind(strings.Fields(value))
	}
	values := strings.Split(value, " | ")
	for i, v := range values {
		values[i] = strings.TrimSpace(v)
		if values[i] == "" || slices.Contains(values[:i], values[i]) {
			return corpus.Errorf(corpus.Invalid, "%s: %q is empty or stands twice", key, values[i])
		}
	}
	switch key {
	case "zh":
		e.Chinese = values
		return nil
	case "unless":
		e.Unless = values
		return nil
	case "good":
		e.Good = values
		return compileAll(values, &e.good)
	case "bad":
		e.Bad = values
		return compileAll(values, &e.bad)
	case "alone":
		e.Alone = values
		return compileAll(values, &e.alone)
	}
	return corpus.Errorf(corpus.Invalid, "no line begins with %q", key)
}

func (e *Entry) setKind(words []string) error {
	if len(words) < 2 || len(words) > 3 || words[1] != "minor" && words[1] != "major" || len(words) == 3 && words[2] != "noun" {
		return corpus.Errorf(corpus.Invalid, "kind is a category, minor or major, and perhaps noun")
	}
	if _, err := corpus.ParseCategory(words[0]); err != nil {
		return err
	}
	e.Category, e.Severity, e.Noun = words[0], words[1], len(words) == 3
	return nil
}

func compileAll(values []string, into *[]pattern) error {
	for _, v := range values {
		p, err := compile(v)
		if err != nil {
			return err
		}
		*into = append(*into, p)
	}
	return nil
}
