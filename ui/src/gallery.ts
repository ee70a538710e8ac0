import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import Gallery from './gallery/gallery.svelte';

const target = document.getElementById('app');
if (target) mount(Gallery, { target });
