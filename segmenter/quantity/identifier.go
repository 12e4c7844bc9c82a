package quantity

// identifier reads a token of letters and digits at i that names something
// rather than counting it: S-400, H5N6, 600606.SH, 5G, A320neo, COVID-19.
// Figures with a unit (40kg), a scale, an ordinal ending or a decade's s are
// none, and neither are words joined to a figure ("19-fold").
func identifier(text string, i int) (Quantity, int, bool) {
	end := i
	letters, digits, changes := 0, 0, 0
	last := byte(0)
	for end < len(text) {
		c := text[end]
		class := byte(0)
		switch {
		case isDigit(c):
			class = 'd'
			digits++
		case isLetter(c):
			class = 'l'
			letters++
		case (c == '-' || c == '/' || c == '.') && end > i && end+1 < len(text) && joinsIdentifier(text, i, end):
			class = '-'
		default:
		}
		if class == 0 {
			break
		}
		if class != last && last != 0 {
			changes++
		}
		last = class
		end++
	}
	if letters == 0 || digits == 0 {
		return Quantity{}, i, false
	}
	token := text[i:end]
	if !upperOrKnown(token) {
		return Quantity{}, i, false
	}
	if isDigit(token[0]) && figureWithTail(token) {
		return Quantity{}, i, false
	}
	if isLetter(token[0]) && currencyHead(token) != "" {
		return Quantity{}, i, false
	}
	q := Quantity{Span: Span{i, end}, Number: Span{i, end}, Kind: Identifier, ID: identity(token), Strong: true}
	q.Value = onlyFigure(token)
	return q, end, true
}

// joinsIdentifier reports whether the sign at i joins two parts of one
// identifier: capitals and digits on both sides.
func joinsIdentifier(text string, start, i int) bool {
	a, b := text[i-1], text[i+1]
	switch text[i] {
	case '-':
		if isUpper(text[start]) && i-start >= 4 && isDigit(b) && isLetter(a) { // Covid-19, Boeing-737
			return text[start:i] != "Post" && text[start:i] != "Late" && text[start:i] != "Early"
		}
		return isUpper(a) && isDigit(b) && upperRun(text, start, i) || isDigit(a) && isUpper(b) && i-start <= 8
	case '.':
		return isDigit(a) && isUpper(b) && i+2 < len(text) && isUpper(text[i+2]) && i-start >= 4
	}
	return false
}

func upperRun(text string, from, to int) bool {
	for k := from; k < to; k++ {
		if !isUpper(text[k]) && !isDigit(text[k]) {
			return false
		}
	}
	return true
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// upperOrKnown reports whether a token looks like a designation: it holds a
// capital letter.
func upperOrKnown(token string) bool {
	for k := range len(token) {
		if isUpper(token[k]) {
			return true
		}
	}
	return false
}

// figureWithTail reports whether token is a figure whose letters only say what
// it counts: 40kg, 3D is not one.
func figureWithTail(token string) bool {
	k := 0
	for k < len(token) && (isDigit(token[k]) || token[k] == '.') {
		k++
	}
	tail := token[k:]
	if tail == "" {
		return true
	}
	for j := range len(tail) {
		if !isLetter(tail[j]) {
			return false
		}
	}
	switch low := lower(tail); low {
	case "st", "nd", "rd", "th", "s", "kv", "kw", "mw", "gw", "kwh", "mb", "gb", "tb", "mhz", "ghz", "hz", "pm", "am", "bn", "mn", "tn", "k", "w":
		return true
	case "m", "b", "t", "g", "d", "c", "v":
		return tail == low
	default:
		_, unit := units().english[low]
		return unit
	}
}

var currencyHeads = []struct{ head, unit string }{
	{"US$", "usd"}, {"USD", "usd"}, {"HK$", "hkd"}, {"HKD", "hkd"}, {"NT$", "twd"}, {"AU$", "aud"}, {"RMB", "cny"}, {"CNY", "cny"},
	{"RM", "myr"}, {"S$", "sgd"}, {"A$", "aud"}, {"C$", "cad"}, {"EUR", "eur"}, {"GBP", "gbp"}, {"JPY", "jpy"}, {"Rs", "inr"},
}

// currencyHead returns the unit of a currency code that stands right before a
// figure at the beginning of token, or "".
func currencyHead(token string) string {
	for _, c := range currencyHeads {
		if len(token) > len(c.head) && token[:len(c.head)] == c.head && isDigit(token[len(c.head)]) {
			return c.unit
		}
	}
	return ""
}

// identity returns token in capitals without hyphens, points and blanks.
func identity(token string) string {
	b := make([]byte, 0, len(token))
	for k := range len(token) {
		switch c := token[k]; {
		case isDigit(c), isUpper(c):
			b = append(b, c)
		case isLetter(c):
			b = append(b, c&^0x20)
		}
	}
	return string(b)
}

// onlyFigure returns the number in token where it holds one run of digits.
func onlyFigure(token string) Value {
	var v Value
	for k := 0; k < len(token); k++ {
		if !isDigit(token[k]) {
			continue
		}
		f := figure(token, k)
		if v.Valid() || !f.value.Valid() {
			return Value{}
		}
		v, k = f.value, f.end-1
	}
	return v
}
