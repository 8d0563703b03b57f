import { type Reply, readReply } from '../client/rest.ts';

const TIMEOUT_MS = 120_000;

/** What is posted where. */
export interface FilePost {
  /** Of the upload, with its query. */
  url: string;
  token: string;
  language: string;
  file: File;
  clientId: string;
}

/** POSTs a file into the conversation. XMLHttpRequest, because fetch tells nothing about the progress of sending. */
export function postFile(post: FilePost, progress: (share: number) => void): Promise<Reply> {
  const xhr = new XMLHttpRequest();
  const reply = new Promise<Reply>((resolve) => {
    const lost = () => resolve({ kind: 'unreachable' });
    xhr.onerror = lost;
    xhr.ontimeout = lost;
    xhr.onabort = lost;
    xhr.onload = () => resolve(readReply(new Response(xhr.responseText, { status: xhr.status })));
  });
  xhr.upload.onprogress = (event) => {
    if (event.lengthComputable) progress(event.loaded / event.total);
  };
  xhr.open('POST', post.url);
  xhr.setRequestHeader('authorization', `Bearer ${post.token}`);
  xhr.setRequestHeader('accept-language', post.language);
  xhr.timeout = TIMEOUT_MS;
  const form = new FormData();
  const activity = { type: 'message', channelData: { clientActivityID: post.clientId } };
  const type = 'application/vnd.microsoft.activity';
  form.append('activity', new Blob([JSON.stringify(activity)], { type }));
  form.append('file', post.file, post.file.name);
  xhr.send(form);
  return reply;
}
