import { locale } from '../texts.ts';
import { readUploadAnswer, type UploadAnswer } from './answer.ts';
import type { UploadRequest } from './request.ts';

const TIMEOUT_MS = 120_000;

export interface Sending {
  answer: Promise<UploadAnswer>;
  cancel: () => void;
}

/** POSTs one file to its ticket. XMLHttpRequest, because fetch tells nothing about the progress of sending. */
export function sendFile(request: UploadRequest, file: File, progress: (share: number) => void): Sending {
  const xhr = new XMLHttpRequest();
  const answer = new Promise<UploadAnswer>((resolve) => {
    xhr.onload = () => resolve(readUploadAnswer(xhr.status, xhr.responseText));
    const lost = () => resolve({ kind: 'unreachable', message: undefined });
    xhr.onerror = lost;
    xhr.ontimeout = lost;
    xhr.onabort = lost;
  });
  xhr.upload.onprogress = (event) => {
    if (event.lengthComputable) progress(event.loaded / event.total);
  };
  xhr.open('POST', uploadAddress(request));
  xhr.setRequestHeader('accept-language', locale);
  xhr.timeout = TIMEOUT_MS;
  const form = new FormData();
  // The consent goes first: a server that reads in order can refuse before the file has come.
  form.append('consentVersion', request.consent.version);
  form.append('file', file, file.name);
  xhr.send(form);
  return { answer, cancel: () => xhr.abort() };
}

/** Tickets are paths of the server that served this page; another origin is never posted to. */
function uploadAddress(request: UploadRequest): string {
  const url = new URL(request.uploadUrl, location.href);
  return `${location.origin}${url.pathname}${url.search}`;
}
