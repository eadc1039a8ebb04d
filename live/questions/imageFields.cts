import type { HttpAnswer } from '../calls/transport.cts';
import { inWords, isObject, rowsOf, takenOr } from '../calls/words.cts';
import { FORM_TYPE, formBody } from '../lab/form.cts';
import { type Lab, NotAsked } from '../lab/lab.cts';
import { photo } from '../lab/pictures.cts';
import { shared } from '../lab/shared.cts';
import { leadFields } from './modules.cts';
import type { Question } from './question.cts';

/** An image upload field of leads that has room for two. */
const imageField = shared(async (lab): Promise<string> => {
	const field = rowsOf(await leadFields(lab), 'fields').find(
		({ data_type: type, length, api_name: name }) =>
			type === 'imageupload' && typeof name === 'string' && /^\w+$/.test(name) && !(Number(length) < 2),
	);
	if (!field) throw new NotAsked('leads have no image field with room for two images');
	return String(field.api_name);
});

const uploadedFile = shared(async (lab): Promise<HttpAnswer> => {
	await imageField(lab);
	const body = formBody([{ bytes: photo('baseline.jpg'), fileName: 'photo.jpg' }]);
	return await lab.call({ method: 'POST', path: '/crm/v8/files', headers: { 'content-type': FORM_TYPE }, body });
});

/** Gives the lead the uploaded file, and tells how the field is then. */
function added(): (lab: Lab) => Promise<{ updated: HttpAnswer; images: Array<Record<string, unknown>> }> {
	return shared(async (lab) => {
		const [field, file] = [await imageField(lab), await uploadedFile(lab)];
		const details = rowsOf(lab.resting(file, 'the file'))[0]?.details;
		const images = [{ File_Id__s: isObject(details) ? details.id : undefined }];
		const body = { data: [{ id: lab.lead.id, [field]: images }], trigger: [] };
		const updated = await lab.send('PUT', 'v8/Leads', body);
		return { updated, images: await imagesOf(lab, field) };
	});
}

async function imagesOf(lab: Lab, field: string): Promise<Array<Record<string, unknown>>> {
	const [record] = rowsOf(await lab.get(`v8/Leads/${lab.lead.id}?fields=${field}`));
	const value = record?.[field];
	return Array.isArray(value) ? value.filter(isObject) : [];
}

const once = added();
const twice = added();

function counted(images: readonly unknown[]): string {
	return images.length === 1 ? '1 image' : `${images.length} images`;
}

/** About image fields, where leads have one. */
export const imageFieldQuestions: readonly Question[] = [
	{
		name: 'image-fields.file',
		text: 'A file for an image field',
		assumed: 'taken',
		ask: async (lab) => takenOr(await uploadedFile(lab)),
	},
	{
		name: 'image-fields.added',
		text: 'The field once the file was given to it',
		assumed: '1 image',
		ask: async (lab) => {
			const { updated, images } = await once(lab);
			return takenOr(updated) === 'taken' ? counted(images) : inWords(updated);
		},
	},
	{
		name: 'image-fields.same-file-again',
		text: 'The field once it was given again',
		assumed: '2 images',
		ask: async (lab) => {
			lab.resting((await once(lab)).updated, 'the first image');
			const { updated, images } = await twice(lab);
			return takenOr(updated) === 'taken' ? counted(images) : inWords(updated);
		},
	},
	{
		name: 'image-fields.deleted',
		text: 'The field once one image was deleted',
		assumed: '1 less',
		ask: async (lab) => {
			const field = await imageField(lab);
			// Without two images there, the first alone is deleted.
			const { images: before } = await twice(lab);
			const [image] = before;
			if (!image) throw new NotAsked('no image is there');
			const data = [{ id: lab.lead.id, [field]: [{ id: image.id, _delete: null }] }];
			const updated = await lab.send('PUT', 'v8/Leads', { data, trigger: [] });
			if (takenOr(updated) !== 'taken') return inWords(updated);
			return `${before.length - (await imagesOf(lab, field)).length} less`;
		},
	},
];
