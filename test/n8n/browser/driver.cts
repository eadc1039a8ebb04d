/** What is used here of playwright-core's Locator: one or more elements of a page. Every act waits until it is possible. */
export interface Locator {
	click(options?: { timeout?: number; force?: boolean }): Promise<void>;
	dblclick(): Promise<void>;
	fill(text: string): Promise<void>;
	hover(): Promise<void>;
	press(key: string): Promise<void>;
	innerText(): Promise<string>;
	inputValue(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	count(): Promise<number>;
	isVisible(): Promise<boolean>;
	waitFor(options?: { state?: 'visible' | 'hidden'; timeout?: number }): Promise<void>;
	scrollIntoViewIfNeeded(): Promise<void>;
	screenshot(options: { path: string }): Promise<unknown>;
	first(): Locator;
	last(): Locator;
	locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
	filter(options: { hasText: string | RegExp }): Locator;
}

/** What is used here of playwright-core's Page. */
export interface Page {
	goto(url: string): Promise<unknown>;
	locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	screenshot(options: { path: string }): Promise<unknown>;
	keyboard: { press(key: string): Promise<void> };
	emulateMedia(options: { colorScheme: 'light' | 'dark' }): Promise<void>;
	waitForEvent(event: 'close'): Promise<unknown>;
	waitForTimeout(ms: number): Promise<void>;
	close(): Promise<void>;
	url(): string;
}

/** What is used here of playwright-core's BrowserContext. */
export interface Context {
	addCookies(cookies: ReadonlyArray<{ name: string; value: string; domain: string; path: string }>): Promise<void>;
	newPage(): Promise<Page>;
	waitForEvent(event: 'page'): Promise<Page>;
	setDefaultTimeout(ms: number): void;
}

/** What is used here of playwright-core's Browser. */
export interface Browser {
	newContext(options: {
		viewport: { width: number; height: number };
		ignoreHTTPSErrors: boolean;
		colorScheme?: 'light' | 'dark';
	}): Promise<Context>;
	close(): Promise<void>;
}

/**
 * What is used here of the package playwright-core. It is installed beside n8n, on demand, so that `npm ci` in the project
 * brings no browser driver; hence these shapes instead of the package's own.
 */
export interface Driver {
	chromium: {
		launch(options: {
			executablePath: string;
			headless: boolean;
			args: string[];
			proxy: { server: string; bypass: string };
		}): Promise<Browser>;
	};
}
