/**
 * What a colour of the style sheet is now, for what is drawn and not styled.
 * @param {string} name of the custom property @param {number} [opacity] 0 to 1
 */
export function colour(name, opacity = 1) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g);
  probe.remove();
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}
