/** A photograph made small enough for a bad network, still sharp enough to read a document. */

const LONGEST_PX = 1800;
const QUALITY = 0.82;

/** JPEG bytes of an image file; rejects when the file is no image that the phone can read. */
export async function smallPhoto(file: Blob): Promise<{ bytes: ArrayBuffer; mediaType: string }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!blob) throw new Error('the picture could not be drawn');
  return { bytes: await blob.arrayBuffer(), mediaType: blob.type };
}
