package quantity

import "unicode/utf8"

type figures struct {
	value   Value
	end     int
	digits  int
	grouped bool
}

// figure reads digits with groups of three and a decimal part. ASCII and
// full-width digits are the same; a comma belongs to the number only before
// exactly three digits.
func figure(text string, i int) figures {
	f := figures{end: i}
	num, exp, count := int64(0), 0, 0
	take := func(c int) bool {
		if count++; count > 18 {
			return false
		}
		num = num*10 + int64(c)
		return true
	}
	for {
		c, size := digitAt(text, f.end)
		if c < 0 {
			break
		}
		if !take(c) {
			return figures{end: f.end}
		}
		f.end += size
	}
	f.digits = count
	for count <= 3 || f.grouped {
		size := groupAt(text, f.end)
		if size == 0 {
			break
		}
		for k := range 3 {
			c, _ := digitAt(text, f.end+size+k)
			if !take(c) {
				return figures{end: f.end}
			}
		}
		f.end += size + 3
		f.digits += 3
		f.grouped = true
	}
	if size := pointAt(text, f.end); size > 0 {
		at := f.end + size
		for {
			c, n := digitAt(text, at)
			if c < 0 {
				break
			}
			if !take(c) {
				return figures{end: f.end}
			}
			exp--
			at += n
		}
		f.end = at
	}
	f.value = Decimal(num, exp)
	return f
}

// groupAt returns the length of a separator at i that is followed by exactly
// three ASCII digits, else 0.
func groupAt(text string, i int) int {
	if i+4 > len(text) || text[i] != ',' || i == 0 || !isDigit(text[i-1]) {
		return 0
	}
	for k := 1; k <= 3; k++ {
		if !isDigit(text[i+k]) {
			return 0
		}
	}
	if i+4 < len(text) && isDigit(text[i+4]) {
		return 0
	}
	return 1
}

// pointAt returns the length of a decimal point at i that a digit follows.
func pointAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	size := 0
	switch r, n := utf8.DecodeRuneInString(text[i:]); r {
	case '.', '．', '·':
		size = n
	default:
		return 0
	}
	if c, _ := digitAt(text, i+size); c < 0 {
		return 0
	}
	return size
}

// digitAt returns the decimal digit at i and its length in bytes, or -1.
func digitAt(text string, i int) (int, int) {
	if i >= len(text) {
		return -1, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		if isDigit(c) {
			return int(c - '0'), 1
		}
		return -1, 0
	}
	if r, size := utf8.DecodeRuneInString(text[i:]); isWideDigit(r) {
		return int(r - '０'), size
	}
	return -1, 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isWideDigit(r rune) bool { return '０' <= r && r <= '９' }
