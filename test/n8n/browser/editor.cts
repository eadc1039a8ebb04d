import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { CURRENT } from '../install/versions.cts';
import type { Lab } from '../lab.cts';
import { PHOTO } from '../workflows.cts';
import type { Browser, Context, Driver, Locator, Page } from './driver.cts';

/** Where the screenshots go; git-ignored. */
const ARTIFACTS = path.join(__dirname, '..', 'artifacts');
/** Where Debian, Ubuntu, macOS and Google's packages put the browser. */
const BROWSERS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const PATIENCE_MS = 60_000;

function browserPath(): string {
	const found = BROWSERS.find((file) => {
		try {
			accessSync(file, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
	if (found !== undefined) return found;
	throw new Error(
		'There is no Chromium. On Debian and Ubuntu: apt-get install --no-install-recommends chromium fonts-liberation',
	);
}

/** n8n's editor in a headless Chromium that can reach nothing but n8n and the emulator. */
export class Editor {
	private constructor(
		private readonly lab: Lab,
		private readonly browser: Browser,
		private readonly context: Context,
		readonly page: Page,
	) {}

	/**
	 * Starts the browser, logged in.
	 * @throws Error that says what to install when there is no Chromium
	 */
	static async open(lab: Lab): Promise<Editor> {
		const executablePath = browserPath();
		const driver: Driver = createRequire(path.join(CURRENT.folder, 'package.json'))('playwright-core');
		const browser = await driver.chromium.launch({
			executablePath,
			headless: true,
			args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
			proxy: { server: lab.emulator.proxyUrl, bypass: '127.0.0.1' },
		});
		await mkdir(ARTIFACTS, { recursive: true });
		// The emulator's authority is thrown away at the end: no browser trusts it.
		const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ignoreHTTPSErrors: true });
		context.setDefaultTimeout(PATIENCE_MS);
		await context.addCookies(lab.server.rest.jar.map((cookie) => ({ ...cookie, domain: '127.0.0.1', path: '/' })));
		return new Editor(lab, browser, context, await context.newPage());
	}

	/** Elements by the mark that n8n's own tests use. */
	by(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** The same among those that are to be seen: n8n 1 leaves closed lists on the page. */
	shown(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]:visible`);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens a stored workflow, or a new one. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.lab.server.address}/workflow/${id}`);
		await this.by('canvas-wrapper').waitFor();
		// n8n greets each new user with a hint about a key, which lies over the buttons.
		await this.page
			.getByText('Got it')
			.click({ timeout: 4000 })
			.catch(() => undefined);
	}

	/** Opens the list of nodes, looks for a word and waits until it finds the node. @throws Error when it does not */
	async searchNode(word: string): Promise<void> {
		const bar = this.by('node-creator-search-bar');
		// n8n 1 opens the list by another key.
		const key = this.lab.n8n.version.name === '1.123' ? 'Tab' : 'n';
		if (!(await bar.isVisible())) await this.page.keyboard.press(key);
		const found = this.by('node-creator-item-name').filter({ hasText: PHOTO }).first();
		// Without a word there are categories alone: what is seen afterwards was found by this word.
		await bar.fill('');
		await found.waitFor({ state: 'hidden' });
		await bar.fill(word);
		await found.waitFor();
	}

	/** Opens the panel of a node on the canvas. */
	async openNode(name: string = PHOTO): Promise<void> {
		await this.node(name).dblclick();
		await this.by('ndv').waitFor();
	}

	/** Runs the whole workflow and waits for its end. */
	async execute(): Promise<void> {
		await this.by('execute-workflow-button').click();
		await this.page.locator('[data-test-id^="canvas-node-status-"]').first().waitFor();
		await this.by('clear-execution-data-button').waitFor();
	}

	/** What of a resource locator's own list is to be seen: n8n 1 lets the list of another fade while this one opens. */
	private inList(parameter: string, testId: string): Locator {
		return this.by(`resource-locator-${parameter}`).locator(`[data-test-id="${testId}"]:visible`);
	}

	/** Opens the list of a resource locator. @returns its entries */
	async openList(parameter: string): Promise<Locator> {
		await this.by(`resource-locator-${parameter}`).locator('[data-test-id="rlc-input-container"]').click();
		const entries = this.inList(parameter, 'rlc-item');
		await entries.first().waitFor();
		return entries;
	}

	/** Opens the list of a resource locator that has none to show. @returns what it says instead */
	async openRefusedList(parameter: string): Promise<string> {
		await this.by(`resource-locator-${parameter}`).locator('[data-test-id="rlc-input-container"]').click();
		await this.shown('rlc-error-container').waitFor();
		return await this.shown('rlc-error-container').innerText();
	}

	/** What a resource locator shows as chosen or typed. */
	async locatorValue(parameter: string): Promise<string> {
		const input = this.by(`resource-locator-${parameter}`).locator('[data-test-id="rlc-input-container"] input');
		return await input.first().inputValue();
	}

	/** Types into the search field of a resource locator's open list. @returns its entries, of which more may go */
	async typeIntoList(parameter: string, word: string): Promise<Locator> {
		await this.inList(parameter, 'rlc-search').fill(word);
		return this.inList(parameter, 'rlc-item');
	}

	/** Types into the search field of a resource locator's open list and waits until every entry holds the word. */
	async searchList(parameter: string, word: string): Promise<string[]> {
		const entries = await this.typeIntoList(parameter, word);
		const end = Date.now() + PATIENCE_MS;
		for (;;) {
			const texts = await entries.allInnerTexts().catch(() => []);
			if (texts.length > 0 && texts.every((text) => text.toLowerCase().includes(word.toLowerCase()))) return texts;
			if (Date.now() > end) throw new Error(`The list never came down to "${word}": ${texts.join(', ')}`);
			await this.page.waitForTimeout(100);
		}
	}

	/** Text of the output side of the open panel, with its blanks made single. */
	async outputText(): Promise<string> {
		return (await this.by('output-panel').innerText()).replace(/\s+/g, ' ');
	}

	/** Opens the pop-up of the button "Connect" and accepts at the consent page; n8n closes it. */
	async connectInPopUp(): Promise<void> {
		const [popUp] = await Promise.all([this.context.waitForEvent('page'), this.by('quick-connect-button').click()]);
		const closed = popUp.waitForEvent('close');
		await popUp.locator('#accept').click();
		await closed;
	}

	/** Keeps a picture of the window. */
	async keep(name: string): Promise<void> {
		for (let times = await this.page.locator('.el-notification').count(); times > 0; times--) {
			await this.page
				.locator('.el-notification__closeBtn')
				.first()
				.click({ timeout: 1000 })
				.catch(() => undefined);
		}
		// Panels slide and lists fade in: a picture taken at once shows them half way.
		await this.page.waitForTimeout(700);
		await this.page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
	}

	/** Ends the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
