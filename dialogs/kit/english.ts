/** English ways to say what is said at many questions; over the words as `saidIn` gives them, without apostrophes. */

export const ENGLISH_DONE =
  /\b(?:done|finished|completed|changed|updated|closed|cancell?ed|sorted|solved|replaced|reset|removed|(?:turned|switched) (?:it |them |that )?off|all set|took care|i did(?: it)?)\b/u;

export const ENGLISH_LATER =
  /\b(?:later|tomorrow|tonight|another time|some other time|come back|not .{0,12}yet|havent|have not|(?:ill|i will|let me|going to|need to) .{0,24}first)\b/u;

export const ENGLISH_UNKNOWN =
  /\b(?:dont (?:really )?know|do not know|not sure|no idea|unsure|(?:cant|cannot) (?:tell|see|say|remember)|dont (?:see|remember)|doesnt say|not shown|unclear|forgot)\b/u;

export const ENGLISH_ENOUGH =
  /\b(?:got it|i see|understood|understand|i know|makes sense|thats (?:all|it|enough|clear)|enough|nothing (?:else|more)|no more|all clear|thanks|thank you)\b/u;

export const ENGLISH_NOT_FOUND =
  /\b(?:(?:cant|cannot|couldnt|dont) (?:find|see|locate)|not (?:there|here)|isnt there|no such|where is)\b/u;
