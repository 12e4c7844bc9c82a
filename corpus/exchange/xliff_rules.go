package exchange

import (
	"encoding/xml"
	"slices"
	"strings"
)

// xmlRule is what may stand in an element of a format, by its schema.
type xmlRule struct {
	kids    string // names of child elements; one with ! must be there, with ? at most once, "*" stands for other namespaces
	attrs   string // names of attributes; one with ! must be there, a|b|c after = are its values, "*" stands for other namespaces
	text    bool   // character data may stand in it
	ordered bool   // the kids come in the order of the rule
}

// rules20 is the core of XLIFF 2.1, section 4.2 and 4.3.
var rules20 = map[string]xmlRule{
	"xliff":        {kids: "file!", attrs: "version! srcLang! trgLang xml:lang xml:space *"},
	"file":         {kids: "skeleton? * notes? unit group", attrs: "id! canResegment=yes|no original translate=yes|no srcDir=ltr|rtl|auto trgDir=ltr|rtl|auto xml:lang xml:space *", ordered: true},
	"skeleton":     {kids: "*", attrs: "href", text: true},
	"group":        {kids: "* notes? unit group", attrs: "id! name canResegment=yes|no translate=yes|no srcDir=ltr|rtl|auto trgDir=ltr|rtl|auto type xml:lang xml:space *", ordered: true},
	"unit":         {kids: "* notes? originalData? segment! ignorable", attrs: "id! name canResegment=yes|no translate=yes|no srcDir=ltr|rtl|auto trgDir=ltr|rtl|auto type xml:lang xml:space *", ordered: true},
	"segment":      {kids: "source! target?", attrs: "id canResegment=yes|no state=initial|translated|reviewed|final subState", ordered: true},
	"ignorable":    {kids: "source! target?", attrs: "id", ordered: true},
	"notes":        {kids: "note!", attrs: ""},
	"note":         {attrs: "id appliesTo=source|target category priority *", text: true},
	"originalData": {kids: "data!", attrs: ""},
	"data":         {kids: "cp", attrs: "id! dir=ltr|rtl|auto xml:space", text: true},
	"source":       {kids: inline20, attrs: "xml:lang xml:space", text: true},
	"target":       {kids: inline20, attrs: "xml:lang xml:space order", text: true},
	"cp":           {attrs: "hex!"},
	"ph":           {attrs: code20 + " id! equiv disp dataRef subFlows *"},
	"pc":           {kids: inline20, attrs: code20 + " id! canOverlap=yes|no equivEnd equivStart dispEnd dispStart dataRefEnd dataRefStart subFlowsEnd subFlowsStart dir=ltr|rtl|auto *", text: true},
	"sc":           {attrs: code20 + " id! canOverlap=yes|no equiv disp dataRef subFlows dir=ltr|rtl|auto isolated=yes|no *"},
	"ec":           {attrs: code20 + " id startRef canOverlap=yes|no equiv disp dataRef subFlows dir=ltr|rtl|auto isolated=yes|no *"},
	"mrk":          {kids: inline20, attrs: "id! translate=yes|no type ref value *", text: true},
	"sm":           {attrs: "id! translate=yes|no type ref value *"},
	"em":           {attrs: "startRef!"},
}

const (
	inline20 = "cp ph pc sc ec mrk sm em"
	code20   = "canCopy=yes|no canDelete=yes|no canReorder=yes|firstNo|no copyOf type subType"
)

// rules12 is XLIFF 1.2, section 2, with the values of the strict schema. Every
// element but those of text may hold what other namespaces define.
var rules12 = map[string]xmlRule{
	"xliff":         {kids: "file! *", attrs: "version! xml:lang xml:space *"},
	"file":          {kids: "header? body!", attrs: "original! source-language! datatype! tool tool-id date xml:space ts category target-language product-name product-version build-num *", ordered: true},
	"header":        {kids: "skl? phase-group? glossary reference count-group prop-group note tool *", attrs: "*"},
	"skl":           {kids: "internal-file external-file", attrs: ""},
	"internal-file": {attrs: "form crc", kids: "*", text: true},
	"external-file": {attrs: "href! uid crc"},
	"glossary":      {kids: "internal-file external-file *", attrs: "*", text: true},
	"reference":     {kids: "internal-file external-file *", attrs: "*", text: true},
	"phase-group":   {kids: "phase!", attrs: ""},
	"phase":         {kids: "note", attrs: "phase-name! process-name! company-name tool tool-id date job-id contact-name contact-email contact-phone *"},
	"note":          {attrs: "xml:lang from priority annotates=source|target|general *", text: true},
	"count-group":   {kids: "count", attrs: "name! *"},
	"count":         {attrs: "count-type phase-name unit *", text: true},
	"prop-group":    {kids: "prop!", attrs: "name *"},
	"prop":          {attrs: "prop-type! xml:lang *", text: true},
	"tool":          {kids: "*", attrs: "tool-id! tool-name! tool-version tool-company *", text: true},
	"body":          {kids: "group trans-unit bin-unit *", attrs: "*"},
	"group":         {kids: "context-group count-group prop-group note * group trans-unit bin-unit", attrs: "id datatype xml:space ts restype resname extradata help-id menu menu-option menu-name coord font css-style style exstyle extype translate=yes|no reformat maxbytes minbytes size-unit maxheight minheight maxwidth minwidth charclass merged-trans *"},
	"trans-unit":    {kids: "source! seg-source? target? context-group count-group prop-group note alt-trans *", attrs: "id! approved=yes|no translate=yes|no reformat xml:space datatype ts phase-name restype resname extradata help-id menu menu-option menu-name coord font css-style style exstyle extype maxbytes minbytes size-unit maxheight minheight maxwidth minwidth charclass *"},
	"bin-unit":      {kids: "bin-source bin-target context-group count-group prop-group note trans-unit *", attrs: "*"},
	"bin-source":    {kids: "internal-file external-file *", attrs: "*"},
	"bin-target":    {kids: "internal-file external-file *", attrs: "*"},
	"alt-trans":     {kids: "source? seg-source? target! context-group prop-group note *", attrs: "mid tool tool-id crc xml:lang datatype xml:space ts restype resname extradata help-id menu menu-option menu-name match-quality origin coord font css-style style exstyle extype alttranstype phase-name *"},
	"context-group": {kids: "context!", attrs: "name crc purpose *"},
	"context":       {attrs: "context-type! match-mandatory=yes|no crc *", text: true},
	"source":        {kids: inline12, attrs: "xml:lang ts *", text: true},
	"seg-source":    {kids: inline12, attrs: "xml:lang ts *", text: true},
	"target":        {kids: inline12, attrs: "xml:lang ts state=" + states12 + " state-qualifier coord font css-style style exstyle phase-name restype resname equiv-trans=yes|no *", text: true},
	"g":             {kids: inline12, attrs: "id! *", text: true},
	"x":             {attrs: "id! *"},
	"bx":            {attrs: "id! *"},
	"ex":            {attrs: "id! *"},
	"ph":            {kids: "sub", attrs: "id! *", text: true},
	"bpt":           {kids: "sub", attrs: "id! *", text: true},
	"ept":           {kids: "sub", attrs: "id! *", text: true},
	"it":            {kids: "sub", attrs: "id! pos!=open|close *", text: true},
	"sub":           {kids: inline12, attrs: "*", text: true},
	"mrk":           {kids: inline12, attrs: "mtype! mid comment ts *", text: true},
}

const (
	inline12 = "g x bx ex bpt ept ph it mrk"
	states12 = "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n|needs-review-translation|needs-translation|new|signed-off|translated|x-*"
)

// xmlRules checks the elements of one namespace against a table. Elements of
// other namespaces are passed over, with all that is in them.
type xmlRules struct {
	*xmlTree
	core  string
	table map[string]xmlRule
	loose bool // attributes that the table does not name are let pass on rules with "*"
}

// check checks an element and all inside it.
func (c xmlRules) check(e *xmlElement) error {
	rule, ok := c.table[e.name.Local]
	if !ok {
		return c.refuse(e.start, "there is no element %s in this format", e.name.Local)
	}
	if err := c.attributes(e, rule); err != nil {
		return err
	}
	names := strings.Fields(rule.kids)
	counts := map[string]int{}
	last := 0
	for _, k := range e.kids {
		switch {
		case k.markup:
			continue
		case k.element == nil:
			if !rule.text && strings.TrimSpace(k.text) != "" {
				return c.refuse(k.start, "no text may stand in %s", e.name.Local)
			}
			continue
		}
		name := k.element.name.Local
		if k.element.name.Space != c.core {
			name = "*"
		}
		i := slices.IndexFunc(names, func(n string) bool { return strings.TrimRight(n, "!?") == name })
		if i < 0 {
			return c.refuse(k.start, "%s may not stand in %s", k.element.name.Local, e.name.Local)
		}
		if counts[name]++; counts[name] > 1 && strings.HasSuffix(names[i], "?") {
			return c.refuse(k.start, "%s holds %s twice", e.name.Local, name)
		}
		if rule.ordered && i < last && !exchangeable(names[i], names[last]) {
			return c.refuse(k.start, "%s stands behind %s in %s; the order is %s", k.element.name.Local, strings.TrimRight(names[last], "!?"), e.name.Local, strings.NewReplacer("!", "", "?", "", "*", "(others)").Replace(rule.kids))
		}
		last = max(last, i)
		if name == "*" {
			continue
		}
		if err := c.check(k.element); err != nil {
			return err
		}
	}
	for _, n := range names {
		if name, must := strings.CutSuffix(n, "!"); must && counts[name] == 0 {
			return c.refuse(e.start, "%s needs an element %s in it", e.name.Local, name)
		}
		if name, _ := strings.CutSuffix(n, "!"); counts[name] > 1 && (name == "source" || name == "target" && e.name.Local != "alt-trans" || name == "body") {
			return c.refuse(e.start, "%s holds %s twice", e.name.Local, name)
		}
	}
	return nil
}

// exchangeable reports whether two kids may come in any order.
func exchangeable(a, b string) bool {
	free := func(n string) bool {
		n = strings.TrimRight(n, "!?")
		return n == "unit" || n == "group" || n == "segment" || n == "ignorable"
	}
	return free(a) && free(b)
}

func (c xmlRules) attributes(e *xmlElement, rule xmlRule) error {
	names := strings.Fields(rule.attrs)
	open := slices.Contains(names, "*")
	for _, a := range e.attrs {
		name := attributeName(a.Name)
		if a.Name.Space != "" && a.Name.Space != xmlNamespace {
			if !open {
				return c.refuse(e.start, "%s may have no attribute of another namespace (%s)", e.name.Local, a.Name.Local)
			}
			continue
		}
		i := slices.IndexFunc(names, func(n string) bool { n, _, _ = strings.Cut(n, "="); return strings.TrimSuffix(n, "!") == name })
		switch {
		case i < 0 && c.loose && open:
		case i < 0:
			return c.refuse(e.start, "%s has no attribute %s", e.name.Local, name)
		default:
			if _, values, limited := strings.Cut(names[i], "="); limited && !oneOf(a.Value, values) {
				return c.refuse(e.start, "the attribute %s of %s is %q; it is one of %s", name, e.name.Local, a.Value, strings.ReplaceAll(values, "|", ", "))
			}
		}
	}
	for _, n := range names {
		n, _, _ = strings.Cut(n, "=")
		if name, must := strings.CutSuffix(n, "!"); must {
			if v, ok := e.lookup("", name); !ok || v == "" {
				return c.refuse(e.start, "%s needs the attribute %s", e.name.Local, name)
			}
		}
	}
	return nil
}

func attributeName(n xml.Name) string {
	if n.Space == xmlNamespace {
		return "xml:" + n.Local
	}
	return n.Local
}

// oneOf reports whether value is one of those between bars; "x-*" stands for
// whatever begins so.
func oneOf(value, values string) bool {
	for v := range strings.SplitSeq(values, "|") {
		if value == v {
			return true
		}
		if prefix, any := strings.CutSuffix(v, "*"); any && strings.HasPrefix(value, prefix) && len(value) > len(prefix) {
			return true
		}
	}
	return false
}
