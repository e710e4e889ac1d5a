package render

import (
	"fmt"
	"image"
	"image/draw"
)

// statusHeight is that of the line at the bottom, in pixels.
const statusHeight = 24

// heldSprites are the pictures of weapons in the hand, by the weapon's name.
var heldSprites = map[string]string{
	"fist": "PUNG", "chainsaw": "SAWG", "pistol": "PISG", "shotgun": "SHTG", "super shotgun": "SHT2",
	"chaingun": "CHGG", "rocket launcher": "MISG", "plasma rifle": "PLSG", "big gun": "BFGG", "bfg": "BFGG",
}

var flashSprites = map[string]string{
	"pistol": "PISF", "shotgun": "SHTF", "chaingun": "CHGF",
	"rocket launcher": "MISF", "plasma rifle": "PLSF", "big gun": "BFGF", "bfg": "BFGF",
}

// status draws the weapon in the hand, the cross-hair and the status line.
func (c *canvas) status(a *Actor) {
	if !a.Dead {
		c.weapon(a)
		cross := rgb{230, 230, 230}
		for d := 3; d <= 6; d++ {
			for _, at := range [...][2]int{{d, 0}, {-d, 0}, {0, d}, {0, -d}} {
				x, y := c.width/2+at[0], c.height/2+at[1]
				if image.Pt(x, y).In(c.image.Rect) {
					c.put(x, y, cross, 0)
				}
			}
		}
	}
	bar := image.Rect(0, c.height-statusHeight, c.width, c.height)
	draw.Draw(c.image, bar, image.NewUniform(rgb{28, 28, 32}.rgba()), image.Point{}, draw.Src)
	edge := image.Rect(0, bar.Min.Y, c.width, bar.Min.Y+2)
	draw.Draw(c.image, edge, image.NewUniform(teamColour(a.Team).rgba()), image.Point{}, draw.Src)
	ammo := "-"
	if a.Ammo >= 0 {
		ammo = fmt.Sprint(a.Ammo)
	}
	health := rgb{120, 230, 120}
	switch {
	case a.Health < 30:
		health = rgb{255, 90, 80}
	case a.Health < 60:
		health = rgb{255, 210, 90}
	}
	labels := [...]string{"HEALTH", "ARMOUR", "AMMO", "SCORE"}
	if c.width < 480 { // room for few letters
		labels = [...]string{"H", "A", "x", "S"}
	}
	y, text := c.height-8, rgb{220, 220, 220}
	at := func(part int) int { return 6 + c.width*part/20 }
	write(c.image, at(0), y, fmt.Sprintf("%s %d", labels[0], max(a.Health, 0)), health)
	write(c.image, at(4), y, fmt.Sprintf("%s %d", labels[1], a.Armour), text)
	write(c.image, at(7), y, a.Weapon, text)
	write(c.image, at(13), y, labels[2]+" "+ammo, text)
	write(c.image, at(17), y, fmt.Sprintf("%s %d", labels[3], a.Score), text)
	if c.s.Caption != "" {
		write(c.image, 6, 14, c.s.Caption, text)
	}
}

// weapon draws the weapon in the hand: the file's picture, or a plain barrel.
func (c *canvas) weapon(a *Actor) {
	held := c.p.sprite(heldSprites[a.Weapon], 'A', 0, -1)
	if held == nil {
		c.barrel(a)
		return
	}
	if a.Firing {
		if flash := c.p.sprite(flashSprites[a.Weapon], 'A', 0, -1); flash != nil {
			c.overlay(flash)
		}
	}
	c.overlay(held)
}

// overlay draws a picture as the classic engine places weapons: its offsets
// are on a screen of 320 by 200, of which the status line takes 32.
func (c *canvas) overlay(pic *picture) {
	scale := float64(c.width) / 320
	bottom := float64(c.height - statusHeight)
	left := -float64(pic.left) * scale
	top := bottom - 168*scale + (-float64(pic.top)+32-16)*scale
	for y := max(int(top), 0); y < min(int(top+float64(pic.height)*scale)+1, c.height-statusHeight); y++ {
		for x := max(int(left), 0); x < min(int(left+float64(pic.width)*scale)+1, c.width); x++ {
			u, v := int((float64(x)+0.5-left)/scale), int((float64(y)+0.5-top)/scale)
			if u >= 0 && v >= 0 && u < pic.width && v < pic.height && pic.solid[v*pic.width+u] {
				c.put(x, y, pic.pixels[v*pic.width+u], 0)
			}
		}
	}
}

func (c *canvas) barrel(a *Actor) {
	steel := rgb{86, 88, 96}
	cx, bottom := c.width/2, c.height-statusHeight
	half, length := c.width/32, c.height/6
	if a.Weapon == "fist" || a.Weapon == "chainsaw" {
		steel = rgb{200, 150, 110}
	}
	for y := bottom - length; y < bottom; y++ {
		w := half/2 + half*(y-bottom+length)/length/2
		for x := cx - w; x < cx+w; x++ {
			light := 330 - abs(x-cx)*200/max(w, 1)
			c.put(x, y, steel.scale(light), 0)
		}
	}
	if a.Firing {
		for y := -half; y <= half; y++ {
			for x := -half; x <= half; x++ {
				if d := x*x + y*y; d < half*half && bottom-length+y >= 0 {
					c.put(cx+x, bottom-length+y, rgb{255, 240, 150}.mix(rgb{255, 120, 30}, 255*d/(half*half)), 0)
				}
			}
		}
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
