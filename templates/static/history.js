// The history pages need script for nothing but the reader's own time zone.

import { localTimes } from "./times.js";

localTimes();
