package markdown

import "bytes"

// frontMatter returns the length of the metadata at the start of a file, with
// its closing line, or 0. Three notations are known, by their first line:
//
//	---	YAML, up to a line --- or ...
//	+++	TOML, up to a line +++
//	{	JSON, up to a line }
//
// Markdown may begin with a rule --- too, so YAML needs a line "key:" inside,
// TOML a line with =, and JSON a line with a quoted key; without a closing line
// there is no front matter.
func frontMatter(raw []byte) int {
	first, n := cutLine(raw)
	var closing []string
	var looks func(line []byte) bool
	switch string(bytes.TrimRight(first, " \t")) {
	case "---":
		closing, looks = []string{"---", "..."}, yamlKey
	case "+++":
		closing = []string{"+++"}
		looks = func(line []byte) bool { return bytes.IndexByte(line, '=') > 0 }
	case "{":
		closing = []string{"}"}
		looks = func(line []byte) bool {
			line = bytes.TrimSpace(line)
			return len(line) > 1 && line[0] == '"' && bytes.Contains(line, []byte(`":`))
		}
	default:
		return 0
	}
	good := false
	for n < len(raw) {
		line, size := cutLine(raw[n:])
		n += size
		for _, c := range closing {
			if string(bytes.TrimRight(line, " \t")) == c {
				if good {
					return n
				}
				return 0
			}
		}
		good = good || looks(line)
	}
	return 0
}

// mayBecomeFrontMatter reports whether a file without front matter could have
// some after an edit of its text.
func mayBecomeFrontMatter(raw []byte) bool {
	first, _ := cutLine(bytes.TrimPrefix(raw, bom))
	switch string(bytes.TrimRight(first, " \t")) {
	case "---", "+++", "{":
		return true
	}
	return false
}

// yamlKey reports whether a line has the form "key:" or "key: value".
func yamlKey(line []byte) bool {
	i := bytes.IndexByte(line, ':')
	if i <= 0 || i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' {
		return false
	}
	for _, c := range line[:i] {
		if c <= ' ' || bytes.IndexByte([]byte("#*[]{}|>&!%@`\\"), c) >= 0 {
			return false
		}
	}
	return true
}

// cutLine returns the first line of raw without its line end, and the number of
// bytes with it.
func cutLine(raw []byte) (line []byte, size int) {
	i := bytes.IndexAny(raw, "\r\n")
	switch {
	case i < 0:
		return raw, len(raw)
	case raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
		return raw[:i], i + 2
	}
	return raw[:i], i + 1
}
