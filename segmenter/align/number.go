package align

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Numbers become tokens of one form whichever way they are written, so that 2.2万, 22,000 and
// "22 thousand", or 三十 and "thirty", are the same word. Only the value counts here, not the
// unit: this is evidence for alignment, not a check.

// numberToken is the token for a value.
func numberToken(v float64) string {
	v = math.Round(v*1e6) / 1e6
	return "#" + strconv.FormatFloat(v, 'f', -1, 64)
}

// digits reads a number in Western digits that starts at rs[i], with grouping and decimal
// marks and a following 百千万亿, and returns its value and its length in runes; 0 for none.
func digits(rs []rune, i int) (float64, int) {
	var text []byte
	j := i
	for j < len(rs) {
		switch r := rs[j]; {
		case r >= '0' && r <= '9':
			text = append(text, byte(r))
			j++
			continue
		case (r == ',' || r == '\'' || r == '’' || r == ' ' || r == '\u202f') && j > i && grouped(rs, j):
			j++
			continue
		case (r == '.' || r == ',') && j > i && j+1 < len(rs) && isDigit(rs[j+1]) && !strings.ContainsRune(string(text), '.'):
			text = append(text, '.')
			j++
			continue
		}
		break
	}
	if len(text) == 0 || len(text) > 40 {
		return 0, j - i
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return 0, j - i
	}
	for j < len(rs) {
		m, ok := hanScale[rs[j]]
		if !ok {
			break
		}
		v *= m
		j++
	}
	return v, j - i
}

// grouped is true when rs[j] parts digits into groups of three.
func grouped(rs []rune, j int) bool {
	for k := 1; k <= 3; k++ {
		if j+k >= len(rs) || !isDigit(rs[j+k]) {
			return false
		}
	}
	return (j+4 >= len(rs) || !isDigit(rs[j+4])) && (rs[j] != ' ' || j < 4 || !isDigit(rs[j-4]))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

var (
	hanScale = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}
	hanDigit = map[rune]float64{
		'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '貳': 2, '叁': 3, '參': 3, '肆': 4, '伍': 5, '陆': 6, '陸': 6, '柒': 7, '捌': 8, '玖': 9, '拾': 10,
	}
)

// hanNumber reads a number in Chinese numerals that starts at rs[i] and returns its value and
// its length in runes; 0 for none. Digits without scale (二〇二六) are read by position.
func hanNumber(rs []rune, i int) (float64, int) {
	total, section, last := 0.0, 0.0, -1.0
	positional, scaled := 0.0, false
	j := i
	for ; j < len(rs); j++ {
		if d, ok := hanDigit[rs[j]]; ok {
			positional = positional*10 + d
			last = d
			continue
		}
		m, ok := hanScale[rs[j]]
		if !ok {
			break
		}
		scaled = true
		if m < 1e4 {
			if last < 0 {
				last = 1
				if m > 10 && section == 0 && total == 0 {
					return 0, 0 // 百姓, 千万: not a number by itself
				}
			}
			section += last * m
		} else {
			if last > 0 {
				section += last
			}
			if section == 0 && total == 0 {
				return 0, 0
			}
			if m == 1e4 {
				total += section * m // 一亿二千万
			} else {
				total = (total + section) * m // 一万亿
			}
			section = 0
		}
		last = -1
	}
	if j == i {
		return 0, 0
	}
	if !scaled {
		if j == i+1 && j < len(rs) && rs[j] == '成' && (j+1 == len(rs) || !unicode.Is(unicode.Han, rs[j+1])) {
			return positional * 10, 2 // 三成 is 30 per cent
		}
		return positional, j - i
	}
	if last > 0 {
		section += last
	}
	return total + section, j - i
}

// englishNumber holds the number words of English; scales are those from 100 up.
var englishNumber = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"january": 1, "february": 2, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

// joinNumber continues a number a with the English number word of value b: twenty one is
// 21, two hundred five is 205, 3.5 million is 3,500,000. It is false when the two are separate.
func joinNumber(a, b float64) (float64, bool) {
	switch {
	case b >= 100 && a > 0 && a < b:
		return a * b, true
	case b >= 1e3 && a > 0 && math.Mod(a, b) > 0 && a > b:
		low := math.Mod(a, b)
		return a - low + low*b, true
	case b < 10 && b > 0 && a >= 20 && a < 100 && math.Mod(a, 10) == 0:
		return a + b, true
	case b < 100 && b > 0 && a >= 100 && math.Mod(a, 100) == 0:
		return a + b, true
	}
	return 0, false
}

// parseNumberToken reads back what numberToken wrote.
func parseNumberToken(t string) (float64, bool) {
	if !strings.HasPrefix(t, "#") {
		return 0, false
	}
	v, err := strconv.ParseFloat(t[1:], 64)
	return v, err == nil
}
