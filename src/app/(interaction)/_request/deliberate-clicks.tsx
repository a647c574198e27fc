"use client";

import { useEffect } from "react";
import { isDeliberate } from "./deliberate-click.ts";

/**
 * Takes the clicks on buttons of a page that decides something only when they can be meant for it. Nothing is shown; without scripts
 * nothing is held back.
 */
export function DeliberateClicks(): null {
  useEffect(() => {
    let frontAt = document.hasFocus() ? Number.NEGATIVE_INFINITY : performance.now();
    const cameToFront = () => {
      frontAt = performance.now();
    };
    const clicked = (event: MouseEvent) => {
      const onButton = event.target instanceof Element && event.target.closest("button") !== null;
      if (!onButton || isDeliberate({ clickedAt: performance.now(), frontAt })) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("focus", cameToFront);
    addEventListener("click", clicked, true);
    return () => {
      removeEventListener("focus", cameToFront);
      removeEventListener("click", clicked, true);
    };
  }, []);
  return null;
}
